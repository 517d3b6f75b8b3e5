package thimble.datasets.tables;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import thimble.data.Dataset;
import thimble.datasets.FileSource;
import thimble.datasets.format.CsvTable;
import thimble.datasets.format.TableOptions;
import thimble.tensor.Shape;

/** Heartbeats of 140 samples in five classes, the training part alone. H. A. Dau et al., The UCR Time Series Archive, IEEE/CAA JAS, 2019; A. Goldberger et al., PhysioNet, Circulation 101, 2000. */
public record Ecg5000() implements FileSource {
    private static final TableOptions OPTIONS =
            TableOptions.AUTO.withHeader(TableOptions.Header.ABSENT).withLabel("column 1");
    private static final Map<Integer, String> CLASSES =
            Map.of(1, "normal", 2, "R-on-T", 3, "ventricular", 4, "supraventricular", 5, "unclassified");

    @Override
    public String name() {
        return "ecg5000";
    }

    @Override
    public Info info() {
        return new Info(
                "Heartbeats of the ECG5000 archive",
                "none stated by the archive; source record ODC-BY 1.0",
                "H. A. Dau et al., The UCR Time Series Archive, IEEE/CAA JAS, 2019; A. Goldberger et al., PhysioNet,"
                        + " Circulation 101, 2000",
                "140 samples of 1 feature",
                5,
                500,
                0,
                false);
    }

    @Override
    public List<NamedFile> files() {
        return List.of(Stored.file(
                "ECG5000_TRAIN.txt",
                "https://raw.githubusercontent.com/sushantsk1/DL/ba8fc49832fe4919a83e1e73525c3581cfef0600/ECG5000_TRAIN.txt",
                1_128_500,
                "0d96aff193311a6dc6111bf0dbd2f7d2313987fbf7a1da4a383d92563876057b",
                "ecg5000/ECG5000_TRAIN.txt.gz",
                "8cf30d797ca046f1fe824a41956d45c81eeb63575da7d9ef391189f9363ea3d7"));
    }

    @Override
    public Parts read(List<Path> files) {
        Dataset table = CsvTable.read(
                name(), files.getFirst(), OPTIONS.withTarget(TableOptions.Target.CLASSES), Ecg5000::cells);
        Shape shape = Shape.of(table.example().elements(), 1);
        return new Parts(Stored.reshaped(table, shape, 1), Optional.empty(), Optional.empty());
    }

    /** Numbers between blanks; the class comes first. */
    private static List<String> cells(List<String> line) {
        List<String> cells = new ArrayList<>(List.of(line.getFirst().split("\\s+")));
        int label = (int) Double.parseDouble(cells.getFirst());
        cells.set(0, CLASSES.getOrDefault(label, cells.getFirst()));
        return cells;
    }
}
