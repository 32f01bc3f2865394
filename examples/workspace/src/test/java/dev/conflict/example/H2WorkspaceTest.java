package dev.conflict.example;

import dev.conflict.harness.DatabaseEngine;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2WorkspaceTest extends WorkspaceFlows {
    H2WorkspaceTest(@TempDir Path folder) {
        super(DatabaseEngine.H2, folder);
    }
}
