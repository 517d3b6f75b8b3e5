package thimble.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GradientsTest {
    private final Reference values = new Reference();

    private Tensor given(String name, double... numbers) {
        values.feed(name, numbers);
        return Tensor.input(name, numbers.length);
    }

    @Test
    void aTieOfMaxBelongsToTheSecondSoReluIsFlatAtZero() {
        Tensor a = given("a", -1, 0, 2);
        assertThat(values.value(a.relu().sum().gradient(a))).containsExactly(0, 0, 1);
        Tensor b = given("b", -1, 5, 2);
        Tensor largest = a.max(b).sum();
        assertThat(values.value(largest.gradient(a))).containsExactly(0, 0, 0);
        assertThat(values.value(largest.gradient(b))).containsExactly(1, 1, 1);
    }

    @Test
    void tiesOfAReductionShare() {
        Tensor a = given("a", 3, 1, 3, 3);
        Tensor gradient = a.max(List.of(0)).sum().mul(6).gradient(a);
        assertThat(values.value(gradient)).containsExactly(2, 0, 2, 2);
    }

    @Test
    void whatIsStoppedIsConstant() {
        Tensor a = given("a", 2, 3);
        assertThat(values.value(a.mul(a.stopGradient()).sum().gradient(a))).containsExactly(2, 3);
        assertThat(values.value(a.stopGradient().sum().gradient(a))).containsExactly(0, 0);
    }

    @Test
    void whatIsNotReachedHasGradientZero() {
        Tensor a = given("a", 2, 3);
        Tensor b = given("b", 1);
        assertThat(values.value(a.sum().gradient(b))).containsExactly(0);
    }

    @Test
    void selectPassesNoGradientToTheOtherSideEvenIfItIsNotANumber() {
        Tensor a = given("a", 0, 4);
        Tensor safe = a.sign().select(a.sqrt(), Tensor.scalar(0)).sum();
        assertThat(values.value(safe)).containsExactly(2);
        Tensor guarded = a.sign()
                .select(a.sign().select(a, Tensor.scalar(1)).sqrt(), Tensor.scalar(0))
                .sum();
        assertThat(values.value(guarded.gradient(a))).containsExactly(0, 0.25);
    }

    @Test
    void anInnerNodeCanBeDifferentiatedBy() {
        Tensor a = given("a", 1, 2);
        Tensor square = a.square();
        Tensor loss = square.mul(square).sum();
        assertThat(values.value(loss.gradient(square))).containsExactly(2, 8);
        assertThat(values.value(Gradients.of(loss, List.of(a, square)).getFirst()))
                .containsExactly(4, 32);
    }

    @Test
    void aReplacedNodeChangesItsUsersAlone() {
        Tensor a = given("a", 1, 2);
        Tensor inner = a.exp();
        Tensor root = inner.add(a);
        Tensor other = Rewrite.substitute(root, inner, a.mul(10));
        assertThat(values.value(other)).containsExactly(11, 22);
        Map<Tensor, Tensor> rebuilt = Rewrite.apply(List.of(root), Map.of(a, old -> old.mul(2)));
        assertThat(values.value(rebuilt.get(root))).containsExactly(StrictMath.exp(2) + 2, StrictMath.exp(4) + 4);
        assertThat(Rewrite.apply(List.of(root), Map.of()).get(root)).isSameAs(root);
    }

    @Test
    void streamsOfSimilarNamesDifferAndKeysAreTheWords() {
        assertThat(Key.stream("a1")).isNotEqualTo(Key.stream("a2"));
        assertThat(Long.bitCount(Key.stream("a1") ^ Key.stream("a2"))).isGreaterThan(10);
        assertThat(Key.words(0x1_0000_0002L, 7)).containsExactly(2, 1, 7);
    }
}
