package thimble.backend.gpu;

import thimble.backend.Buffer;

/** A number that a kernel reads; places and tables are known when a program is bound. */
sealed interface Parameter {
    /** The number itself. */
    record Value(int value) implements Parameter {}

    /** Where a buffer begins, in units of 64 bytes: in the working memory, or as its complement in the state. */
    record Place(Buffer buffer) implements Parameter {}

    /** Where a row of numbers begins among all parameters; equal rows are stored once. */
    record Table(Row row) implements Parameter {}

    /** Numbers that are equal if their content is. */
    final class Row {
        private final int[] numbers;

        Row(int[] numbers) {
            this.numbers = numbers;
        }

        int[] numbers() {
            return numbers;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Row row && java.util.Arrays.equals(numbers, row.numbers);
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(numbers);
        }
    }
}
