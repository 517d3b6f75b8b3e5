import org.jspecify.annotations.NullMarked;

/** Sources of data and tools that look at its quality. */
@NullMarked
module thimble.datasets {
    requires static org.jspecify;
    requires de.siegmar.fastcsv;
    requires java.desktop;
    requires java.net.http;
    requires transitive thimble.api;

    exports thimble.datasets;
    exports thimble.datasets.format;
    exports thimble.datasets.glyphs;
    exports thimble.datasets.quality;

    uses thimble.data.DatasetSource;

    provides thimble.data.DatasetSource with
            thimble.datasets.pictures.Mnist,
            thimble.datasets.pictures.FashionMnist,
            thimble.datasets.pictures.Cifar10,
            thimble.datasets.pictures.RomanMnist,
            thimble.datasets.glyphs.Glyphs,
            thimble.datasets.tables.Iris,
            thimble.datasets.tables.Wine,
            thimble.datasets.tables.BreastCancer,
            thimble.datasets.tables.BreastCancerLjubljana,
            thimble.datasets.tables.Diabetes,
            thimble.datasets.tables.German,
            thimble.datasets.tables.Adult,
            thimble.datasets.tables.Mushroom,
            thimble.datasets.tables.Penguins,
            thimble.datasets.tables.Sonar,
            thimble.datasets.tables.Ionosphere,
            thimble.datasets.tables.Glass,
            thimble.datasets.tables.Banknote,
            thimble.datasets.tables.Digits,
            thimble.datasets.tables.Ecg5000;
}
