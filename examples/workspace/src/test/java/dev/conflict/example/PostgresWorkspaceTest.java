package dev.conflict.example;

import dev.conflict.harness.DatabaseEngine;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class PostgresWorkspaceTest extends WorkspaceFlows {
    PostgresWorkspaceTest(@TempDir Path folder) {
        super(DatabaseEngine.POSTGRESQL, folder);
    }
}
