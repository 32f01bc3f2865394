package dev.conflict.stacks.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SecretsTest {
    /** Else a cell that tells none would prove nothing. */
    @Test
    void everySecretStandsInWhatIsThrown() {
        StringWriter trace = new StringWriter();
        SQLException refused = Secrets.sql();
        Secrets.around(refused).printStackTrace(new PrintWriter(trace, true));

        assertThat(Secrets.toldBy(trace.toString() + refused.getNextException()))
                .containsExactly("h1dden", "s3cr3t", "insert into", "duplicate key", "ada@");
        assertThat(Secrets.toldBy("409 ORDER_ALREADY_SHIPPED")).isEmpty();
    }
}
