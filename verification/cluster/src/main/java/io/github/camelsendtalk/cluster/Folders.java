package io.github.camelsendtalk.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.file.PathUtils;

/** Where a run leaves what its processes say. */
public final class Folders {

    private Folders() {}

    /** A folder that is there, without what an earlier run has left in it. */
    public static Path emptied(Path folder) throws IOException {
        if (Files.exists(folder)) {
            PathUtils.deleteDirectory(folder);
        }
        return Files.createDirectories(folder).toAbsolutePath();
    }
}
