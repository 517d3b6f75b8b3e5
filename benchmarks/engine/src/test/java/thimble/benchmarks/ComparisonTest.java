package thimble.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import thimble.data.DatasetSource;

class ComparisonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "none,none # 12 # 2 # 0 # given # [methods] expected each once but received none twice",
                "none # 12,12 # 2 # 0 # given # [sizes] expected each once but received 12 twice",
                "none # 121 # 2 # 0 # given # [sizes] expected at most 120, which is all of toy, but received 121",
                "none # 2 # 2 # 0 # given # [sizes] expected at least 3, one sample per class of toy, but received 2",
                "none # 97 # 2 # 0 # cv:5 # [sizes] expected at most 96, which is all of toy outside the held-out"
                        + " part, but received 97",
                "none # 12 # 0 # 0 # given # [repeats] expected at least 1 but received 0",
                "none # 12 # 2 # -1 # given # [tune] expected at least 0 but received -1",
                "none,l2:lambda=[1e-4..1e-2] # 12 # 2 # 0 # given # [tune] expected at least 1 tuning trial for the"
                        + " brackets",
                "l2:lambda=[1..2]+l2:lambda=[1..2] # 12 # 2 # 1 # given # expected one range for l2.lambda but"
                        + " received two",
                "none # 4 # 2 # 3 # given # [tune] expected at least 2 samples of each class to tune with but received"
                        + " 1 among 4",
            })
    void faultsAreFoundBeforeAnyTraining(
            String methods, String sizes, int repeats, int tune, String protocol, String message) {
        AnalyticTrials runner = new AnalyticTrials();
        assertThatThrownBy(() -> {
                    List<Integer> numbers = List.of(sizes.split(",")).stream()
                            .map(Integer::valueOf)
                            .toList();
                    Protocol test = protocol.equals("given") ? new Protocol.Given() : Protocol.parse(protocol);
                    Examples.comparison(methods, numbers, repeats, tune, test).check(runner);
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        assertThat(runner.runs).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,fraction", "1,fraction", "x,fraction", "cv:1,K >= 2", "cv:x,fraction"})
    void protocolsOutOfRangeAreRefused(String text, String message) {
        assertThatThrownBy(() -> Protocol.parse(text)).hasMessageContaining(message);
    }

    @Test
    void metricMustFitTheTargetsAndExist() {
        Comparison numbers = new Comparison(
                "toy",
                new DatasetSource.Parts(Examples.numbers(30), Optional.empty(), Optional.empty()),
                "mlp",
                Arm.parseList("none"),
                List.of(10),
                1,
                Examples.training(Tunable.around(1e-3)),
                0,
                new Protocol.Folds(3),
                Metric.of("accuracy"),
                1);
        assertThatThrownBy(() -> numbers.check(new AnalyticTrials()))
                .hasMessageContaining(
                        "[metric] expected rmse or another that fits the numbers of toy but received accuracy");
        assertThatThrownBy(() -> Metric.of("acuracy"))
                .hasMessageContaining("unknown metric 'acuracy'; did you mean 'accuracy'?");
    }

    @Test
    void testSetMustFitTheProtocol() {
        Comparison without = Examples.comparison("none", List.of(12), 1, 0, new Protocol.Folds(3));
        Comparison given = new Comparison(
                without.dataset(),
                without.data(),
                without.model(),
                without.arms(),
                without.sizes(),
                1,
                without.training(),
                0,
                new Protocol.Given(),
                without.metric(),
                1);
        assertThatThrownBy(() -> given.check(new AnalyticTrials()))
                .hasMessageContaining("[test] expected a test set, a fraction or cv:K");
    }

    @Test
    void foldsMultiplyTrialsAndTheirTestSetsCoverTheData() {
        Comparison comparison = Examples.comparison("none", List.of(12), 2, 0, new Protocol.Folds(5));
        assertThat(comparison.trials()).isEqualTo(10);
        Partition partition = new Partition(comparison);
        int held = 0;
        for (int repeat = 1; repeat <= 5; repeat++) {
            held += partition.test(repeat).size();
            assertThat(partition.pool(repeat).size() + partition.test(repeat).size())
                    .isEqualTo(120);
        }
        assertThat(held).isEqualTo(120);
    }

    @Test
    void validationHoldsOutAFifthOrFoldsWhereClassesAreSmall() {
        Partition partition = new Partition(Examples.comparison("none", List.of(30), 1, 0));
        assertThat(Validation.folds(partition.train(1, 30), 1))
                .hasSize(1)
                .allSatisfy(fold -> assertThat(fold.test()).hasSize(6));
        assertThat(Validation.folds(partition.train(1, 12), 1)).hasSize(6);
        assertThat(Validation.folds(partition.train(1, 6), 1)).hasSize(4);
    }

    @Test
    void chosenValuesTakeThePlaceOfBrackets() {
        Arm arm = Arm.parse("dropout:rate=[0.1|0.3|0.5]+spectreg:lambda=[1e-5..1e-3]");
        assertThat(arm.tunables()).extracting(Tunable::name).containsExactly("dropout.rate", "spectreg.lambda");
        assertThat(arm.with(Map.of()).text()).isEqualTo("dropout:rate=0.3+spectreg:lambda=1.0E-4");
        assertThat(arm.with(Map.of("spectreg.lambda", "2e-4")).text())
                .isEqualTo("dropout:rate=0.3+spectreg:lambda=2e-4");
    }

    @Test
    void budgetsCountSteps() {
        assertThat(new Budget.Epochs(10).steps(105, 50)).isEqualTo(21);
        assertThat(new Budget.Epochs(10).steps(20, 50)).isEqualTo(10);
        assertThat(new Budget.Steps(2000).steps(20, 50)).isEqualTo(2000);
        assertThat(new Budget.Steps(2000).text()).isEqualTo("2,000 steps");
        assertThatThrownBy(() -> new Budget.Epochs(0)).hasMessageContaining("[epochs] expected >= 1");
        assertThatThrownBy(() -> new Budget.Steps(0)).hasMessageContaining("[steps] expected >= 1");
    }
}
