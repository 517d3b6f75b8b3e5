package thimble.datasets.quality;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import thimble.datasets.format.ImageFolder;
import thimble.datasets.format.ImageOptions;

/**
 * A picture file with what findings say of it.
 *
 * @param path the file
 * @param item part, path below the folder and class
 */
public record PictureFile(Path path, Item item) {
    /**
     * All picture files of a folder: of its class folders, or if its sub-folders hold class folders again, of each as a part. Throws
     * {@link thimble.data.DataException} if there are none.
     */
    public static List<PictureFile> list(Path root) {
        List<PictureFile> files = new ArrayList<>();
        for (Path folder : ImageFolder.folders(root)) {
            if (!ImageFolder.folders(folder).isEmpty()) {
                add(root, folder, name(folder), files);
            }
        }
        if (files.isEmpty()) {
            add(root, root, "all", files);
        }
        return List.copyOf(files);
    }

    private static void add(Path root, Path folder, String part, List<PictureFile> files) {
        ImageFolder pictures = ImageFolder.list(folder, ImageOptions.AUTO);
        for (ImageFolder.Labelled file : pictures.files()) {
            String origin = root.relativize(file.path()).toString().replace('\\', '/');
            files.add(new PictureFile(
                    file.path(), new Item(part, origin, pictures.classes().get(file.label()))));
        }
    }

    private static String name(Path folder) {
        return folder.getFileName().toString().replace("/", "");
    }
}
