package thimble.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import thimble.data.DataException;
import thimble.data.Dataset;
import thimble.data.Feature;
import thimble.data.Targets;

class CsvTableTest {
    private static final String MIXED = """
        age,colour,"size, cm",kind
        30,red,1.5,b
        ?,"dark ""red""\",2,a
        25,red,NA,b
        41,,-3e1,a
        """;

    @TempDir
    private Path folder;

    @Test
    void mixedColumns() throws IOException {
        Dataset data = read(MIXED, TableOptions.AUTO);
        assertThat(data.targets()).isEqualTo(new Targets.Classes(List.of("a", "b")));
        assertThat(data.labels()).containsExactly(1, 0, 1, 0);
        assertThat(data.features())
                .containsExactly(
                        new Feature("age", 0, List.of()),
                        new Feature("age is missing", 1, List.of()),
                        new Feature("colour", 2, List.of("dark \"red\"", "red")),
                        new Feature("size, cm", 4, List.of()),
                        new Feature("size, cm is missing", 5, List.of()));
        assertThat(example(data, 0)).containsExactly(30, 0, 0, 1, 1.5f, 0);
        assertThat(example(data, 1)).containsExactly(Float.NaN, 1, 1, 0, 2, 0);
        assertThat(example(data, 2)).containsExactly(25, 0, 0, 1, Float.NaN, 1);
        assertThat(example(data, 3)).containsExactly(41, 0, 0, 0, -30, 0);
        assertThat(data.origin(1)).isEqualTo("table.csv:3");
    }

    @Test
    void labelColumnsAndGroupsByName() throws IOException {
        Dataset data = read(
                MIXED,
                TableOptions.AUTO
                        .withLabel("colour")
                        .withColumns(List.of("-size, cm"))
                        .withGroup("kind"),
                row -> row.contains("") ? List.of() : row);
        assertThat(data.features()).extracting(Feature::name).containsExactly("age", "age is missing");
        assertThat(data.group(0)).isEqualTo("b");
        assertThat(data.labels()).containsExactly(1, 0, 1);
        assertThat(read(MIXED, TableOptions.AUTO.withColumns(List.of("colour"))).features())
                .extracting(Feature::name)
                .containsExactly("colour");
    }

    @Test
    void unknownColumnsSayWhatExists() {
        assertThatThrownBy(() -> read(MIXED, TableOptions.AUTO.withLabel("knd")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[table.csv] unknown column 'knd'; did you mean 'kind'? There are: age, colour, kind, size,"
                        + " cm");
        assertThatThrownBy(() -> read(MIXED, TableOptions.AUTO.withColumns(List.of("-nothing"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void headersAreFoundOut() throws IOException {
        assertThat(read("1,x\n2,y\n", TableOptions.AUTO).size()).isEqualTo(2);
        assertThat(read("no,yes\nno,no\nyes,yes\n", TableOptions.AUTO).size()).isEqualTo(3);
        assertThat(read("answer,class\nno,no\nyes,yes\n", TableOptions.AUTO).size())
                .isEqualTo(2);
        assertThat(read("a,b\nc,d\ne,f\n", TableOptions.AUTO.withHeader(TableOptions.Header.ABSENT))
                        .size())
                .isEqualTo(3);
        Dataset named = read("1,x\n2,y\n", TableOptions.AUTO.withNames(List.of("length", "kind")));
        assertThat(named.features().getFirst().name()).isEqualTo("length");
        assertThat(read("1,x\n2,y\n", TableOptions.AUTO).features().getFirst().name())
                .isEqualTo("column 1");
    }

    @Test
    void numbersOrClasses() throws IOException {
        assertThat(read("x,y\n1,0.5\n2,1\n", TableOptions.AUTO).targets()).isEqualTo(new Targets.Numbers(List.of("y")));
        assertThat(read("x,y\n1,10\n2,9\n3,10\n", TableOptions.AUTO).targets())
                .isEqualTo(new Targets.Classes(List.of("9", "10")));
        String many = "x,y\n"
                + IntStream.range(0, 30).mapToObj(i -> i + "," + i + "\n").collect(Collectors.joining());
        assertThat(read(many, TableOptions.AUTO).targets()).isEqualTo(new Targets.Numbers(List.of("y")));
        assertThat(read(many, TableOptions.AUTO.withTarget(TableOptions.Target.CLASSES))
                        .classes())
                .isEqualTo(30);
        assertThat(read("x,y\n1,10\n2,9\n", TableOptions.AUTO.withTarget(TableOptions.Target.NUMBERS))
                        .targets())
                .isInstanceOf(Targets.Numbers.class);
        assertThatThrownBy(() -> read(MIXED, TableOptions.AUTO.withTarget(TableOptions.Target.NUMBERS)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("expected numbers in column 'kind' but received texts such as 'b'");
    }

    @Test
    void separatorsCommasAndByteOrderMarks() throws IOException {
        Dataset data = read("\uFEFFlength;kind\r\n1,5;a\r\n2,25;b\r\n", TableOptions.AUTO);
        assertThat(example(data, 1)).containsExactly(2.25f);
        assertThat(data.features().getFirst().name()).isEqualTo("length");
        assertThat(example(read("l\tk\n3\ta\n4\tb\n", TableOptions.AUTO), 0)).containsExactly(3);
    }

    @Test
    void quotedLineBreaksCountInLineNumbers() throws IOException {
        Dataset data = read("note,k\n\"two\nlines\",a\nplain,b\n", TableOptions.AUTO);
        assertThat(data.origin(1)).isEqualTo("table.csv:4");
    }

    @Test
    void packedTables() throws IOException {
        Path path = FileBytes.write(folder, "t.csv.gz", FileBytes.gzip(MIXED.getBytes(StandardCharsets.UTF_8)));
        assertThat(CsvTable.read("t", path, TableOptions.AUTO).size()).isEqualTo(4);
        byte[] packed = FileBytes.gzip(MIXED.getBytes(StandardCharsets.UTF_8));
        Path cut = FileBytes.write(folder, "cut.csv.gz", Arrays.copyOf(packed, packed.length - 12));
        assertThatThrownBy(() -> CsvTable.read("t", cut, TableOptions.AUTO))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(cut + ": ");
    }

    @Test
    void arffFilesBeginAfterData() throws IOException {
        Path path = FileBytes.write(
                folder, "m.arff", "% note\n@relation m\n@attribute 'a' {'x'}\n@data\n'x','p'\n'y','e'\n");
        Dataset data =
                CsvTable.read("m", path, TableOptions.AUTO.withQuote('\'').withNames(List.of("a", "class")));
        assertThat(data.targets()).isEqualTo(new Targets.Classes(List.of("e", "p")));
        assertThat(data.origin(0)).isEqualTo("m.arff:5");
    }

    @Test
    void rowsLikeThoseOfOtherData() throws IOException {
        Dataset train = read(MIXED, TableOptions.AUTO);
        TableOptions like = TableOptions.AUTO.withSchema(Schema.of(train));
        Dataset test = read("kind,colour,age,\"size, cm\"\nb,green,7,1\na,red,,2\n", like.withLabel("kind"));
        assertThat(test.features()).isEqualTo(train.features());
        assertThat(example(test, 0)).containsExactly(7, 0, 0, 0, 1, 0);
        assertThat(example(test, 1)).containsExactly(Float.NaN, 1, 0, 1, 2, 0);
        assertThat(test.labels()).containsExactly(1, 0);
        Path unlabelled = FileBytes.write(folder, "new.csv", "age,colour,\"size, cm\"\n1,red,2\n");
        assertThat(CsvTable.examples(unlabelled, like)).containsExactly(new float[] {1, 0, 0, 1, 2, 0});
        assertThatThrownBy(() -> CsvTable.read("new", unlabelled, like))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("expected a label column");
        assertThatThrownBy(
                        () -> read("kind,colour,age,\"size, cm\"\nzz,green,7,1\nb,red,1,1\n", like.withLabel("kind")))
                .hasMessageContaining("line 2: expected a class of [a, b] but received 'zz'");
        assertThatThrownBy(
                        () -> read("kind,colour,age,\"size, cm\"\nb,green,old,1\nb,red,1,1\n", like.withLabel("kind")))
                .hasMessageContaining("line 2: expected a number in column 'age' but received 'old'");
    }

    @Test
    void damagedTablesNameTheLine() {
        assertThatThrownBy(() -> read("a,b\n1,2\n3\n", TableOptions.AUTO))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        folder.resolve("table.csv") + ": line 3: expected 2 cells as in the first row but received 1");
        assertThatThrownBy(() -> read("a,b\n1,\"x\n", TableOptions.AUTO))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("quote");
        assertThatThrownBy(() -> read("", TableOptions.AUTO))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("at least two columns and one row");
        assertThatThrownBy(() -> read("a,b\n", TableOptions.AUTO.withHeader(TableOptions.Header.PRESENT)))
                .isInstanceOf(DataException.class);
        assertThatThrownBy(() -> read("a\nb\n", TableOptions.AUTO)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> read("a,a\n1,2\n", TableOptions.AUTO.withHeader(TableOptions.Header.PRESENT)))
                .hasMessageContaining("distinct names");
        assertThatThrownBy(() -> read("x,k\n1,a\n2,a\n", TableOptions.AUTO))
                .hasMessageContaining("expected 2 to 1000 classes in column 'k' but received [a]");
        assertThatThrownBy(() -> read("x,k\n1,a\n2,b\n3,\n", TableOptions.AUTO))
                .hasMessageContaining("line 4: expected a class of [a, b] but received ''");
        assertThatThrownBy(() -> read("x,z,k\n1,?,a\n2,,b\n", TableOptions.AUTO))
                .hasMessageContaining("column 'z' but every cell is missing");
    }

    @Test
    void textsWithoutEndAreNoCategories() {
        String many = "name,k\n"
                + IntStream.range(0, 1200)
                        .mapToObj(i -> "person " + i + "," + i % 2 + "\n")
                        .collect(Collectors.joining());
        assertThatThrownBy(() -> read(many, TableOptions.AUTO))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("at most 1000 different texts in column 'name' but received more; leave it out:"
                        + " --columns=-name");
    }

    @Test
    void otherEncodingsAreErrors() throws IOException {
        Path latin = FileBytes.write(folder, "latin.csv", "straße,k\n1,a\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> CsvTable.read("latin", latin, TableOptions.AUTO))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("UTF-8");
        Path binary = FileBytes.write(folder, "binary.csv", FileBytes.counting(300));
        assertThatThrownBy(() -> CsvTable.read("binary", binary, TableOptions.AUTO))
                .isInstanceOf(DataException.class);
    }

    private Dataset read(String text, TableOptions options) throws IOException {
        return read(text, options, RowFilter.NONE);
    }

    private Dataset read(String text, TableOptions options, RowFilter filter) throws IOException {
        return CsvTable.read("table", FileBytes.write(folder, "table.csv", text), options, filter);
    }

    private static float[] example(Dataset data, int index) {
        float[] into = new float[data.example().elements()];
        data.read(index, 0, into, 0);
        return into;
    }
}
