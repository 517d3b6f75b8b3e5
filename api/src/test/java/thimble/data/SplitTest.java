package thimble.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
    @Test
    void permutationIsFixedForEver() {
        assertThat(Split.permutation(8, 42)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(Split.permutation(8, 42)).containsExactly(1, 0, 4, 7, 2, 3, 5, 6);
    }

    @Test
    void stratifiedKeepsProportionsAndGrowsByAdding() {
        Dataset data = Samples.sized(60, 30, 10);
        Set<Integer> before = new HashSet<>();
        for (int size = 3; size <= 100; size++) {
            int[] chosen = Split.stratified(data, size, 5);
            assertThat(chosen).hasSize(size).isSorted().doesNotHaveDuplicates();
            Set<Integer> now = new HashSet<>(Arrays.stream(chosen).boxed().toList());
            assertThat(now).containsAll(before);
            before = now;
        }
        assertThat(Samples.counts(data.select(Split.stratified(data, 50, 1)))).containsExactly(30, 15, 5);
        assertThat(Samples.counts(data.select(Split.stratified(data, 3, 1)))).containsExactly(1, 1, 1);
    }

    @Test
    void stratifiedDependsOnTheSeed() {
        Dataset data = Samples.sized(60, 60);
        assertThat(Split.stratified(data, 10, 1)).isNotEqualTo(Split.stratified(data, 10, 2));
    }

    @Test
    void stratifiedRefusesImpossibleSizes() {
        Dataset data = Samples.sized(6, 3, 1);
        assertThatThrownBy(() -> Split.stratified(data, 11, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[split] expected a size of at most 10, which is all of sample, but received 11");
        assertThatThrownBy(() -> Split.stratified(data, 2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[split] expected a size of at least 3, one per class, but received 2");
        assertThatThrownBy(() -> Split.perClass(data, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void heldOutHasOneOfEachClassOnBothSides() {
        Dataset data = Samples.sized(50, 10, 2);
        Fold fold = Split.heldOut(data, 0.2, 3);
        assertThat(Samples.counts(fold.test(data))).containsExactly(9, 2, 1);
        assertThat(Samples.counts(fold.train(data))).containsExactly(41, 8, 1);
        Set<Integer> all = new HashSet<>();
        IntStream.concat(Arrays.stream(fold.train()), Arrays.stream(fold.test()))
                .forEach(all::add);
        assertThat(all).hasSize(62);
    }

    @Test
    void heldOutRefusesSingleExamplesAndBadFractions() {
        assertThatThrownBy(() -> Split.heldOut(Samples.sized(5, 1), 0.2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[split] expected at least 2 examples of each class for a held-out part but received 1 of c1");
        for (double fraction : new double[] {0, 1, -0.1, Double.NaN}) {
            assertThatThrownBy(() -> Split.heldOut(Samples.sized(5, 5), fraction, 3))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a fraction in (0, 1)");
        }
    }

    @Test
    void foldsHoldEveryExampleOutOnceAndAreEven() {
        Dataset data = Samples.sized(52, 51, 7);
        List<Fold> folds = Split.folds(data, 5, 1);
        List<Integer> held = new ArrayList<>();
        for (Fold fold : folds) {
            assertThat(fold.test()).hasSize(22);
            assertThat(fold.train().length + fold.test().length).isEqualTo(110);
            int[] counts = Samples.counts(fold.test(data));
            assertThat(counts[0]).isBetween(10, 11);
            assertThat(counts[1]).isBetween(10, 11);
            assertThat(counts[2]).isBetween(1, 2);
            Arrays.stream(fold.test()).forEach(held::add);
        }
        assertThat(held).hasSize(110).doesNotHaveDuplicates();
    }

    @Test
    void foldsRefuseMoreThanTheSmallestClass() {
        assertThatThrownBy(() -> Split.folds(Samples.sized(9, 4), 5, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[split] expected at least 5 examples of each class for 5 folds but received 4 of c1");
        assertThatThrownBy(() -> Split.folds(Samples.sized(9, 4), 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void repeatsDiffer() {
        Dataset data = Samples.sized(20, 20);
        List<Fold> folds = Split.folds(data, 4, 3, 9);
        assertThat(folds).hasSize(12);
        assertThat(folds.get(0).test()).isNotEqualTo(folds.get(4).test());
        assertThat(folds.get(0).test())
                .isEqualTo(Split.folds(data, 4, 1, 9).getFirst().test());
    }

    @Test
    void classesWithoutExamplesDoNotMatter() {
        Dataset data = Samples.sized(6, 6, 6).select(IntStream.range(0, 18).toArray());
        int[] twoClasses =
                IntStream.range(0, 18).filter(i -> data.label(i) != 1).toArray();
        assertThat(Split.folds(data.select(twoClasses), 3, 1)).hasSize(3);
        assertThat(Split.stratified(data.select(twoClasses), 2, 1)).hasSize(2);
    }

    @Test
    void numbersAreSplitAtRandom() {
        Dataset data = Samples.numbers(20);
        assertThat(Split.stratified(data, 7, 1)).hasSize(7);
        assertThat(Split.heldOut(data, 0.25, 1).test()).hasSize(5);
        assertThat(Split.folds(data, 5, 1))
                .allSatisfy(fold -> assertThat(fold.test()).hasSize(4));
    }

    @Test
    void groupsStayTogether() {
        int[] labels = new int[120];
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i / 3 % 4 == 0 ? 1 : 0;
            groups.add("patient " + i / 3);
        }
        Dataset data = Samples.labelled(labels).withGroups(groups);
        for (Fold fold : Split.folds(data, 5, 2)) {
            assertTogether(data, fold);
            assertThat(fold.test()).hasSizeBetween(21, 27);
            assertThat(Samples.counts(fold.test(data))[1]).isEqualTo(6);
        }
        Fold held = Split.heldOut(data, 0.2, 2);
        assertTogether(data, held);
        assertThat(held.test()).hasSizeBetween(21, 27);
    }

    @Test
    void tooFewGroupsAreAnError() {
        Dataset data = Samples.labelled(0, 0, 0, 1, 1, 1, 0).withGroups(List.of("a", "a", "a", "b", "b", "b", "c"));
        assertThatThrownBy(() -> Split.heldOut(data, 0.5, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[split] expected at least 2 groups of each class for a division in 2 but received 1 of c1");
    }

    @Test
    void groupsThatCannotBeDividedAreAnError() {
        Dataset data = Samples.labelled(0, 1, 1, 2, 2, 0).withGroups(List.of("a", "a", "b", "b", "c", "c"));
        assertThatThrownBy(() -> Split.heldOut(data, 0.5, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no division was found");
    }

    private static void assertTogether(Dataset data, Fold fold) {
        Set<String> train = new HashSet<>();
        Arrays.stream(fold.train()).forEach(i -> train.add(data.group(i)));
        assertThat(Arrays.stream(fold.test()).mapToObj(data::group))
                .isNotEmpty()
                .noneMatch(train::contains);
    }
}
