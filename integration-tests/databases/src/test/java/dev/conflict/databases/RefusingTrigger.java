package dev.conflict.databases;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** A trigger of H2 that refuses every row. */
public final class RefusingTrigger implements Trigger {
    /** Creates the trigger; for H2. */
    public RefusingTrigger() {}

    @Override
    public void fire(Connection connection, @Nullable Object[] before, @Nullable Object[] after) throws SQLException {
        throw new SQLException("refused", "45000");
    }
}
