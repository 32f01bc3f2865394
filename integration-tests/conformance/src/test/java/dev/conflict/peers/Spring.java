package dev.conflict.peers;

import dev.conflict.conformance.ConformanceCase;
import dev.conflict.peers.Servlets.Answer;
import java.time.Instant;
import java.util.Optional;
import org.springframework.core.SpringVersion;
import org.springframework.web.context.request.ServletWebRequest;

/** Spring's {@code ServletWebRequest.checkNotModified}. */
final class Spring implements Peer {
    @Override
    public String name() {
        return "spring";
    }

    @Override
    public String version() {
        return String.valueOf(SpringVersion.getVersion());
    }

    @Override
    public Optional<String> notApplicable(ConformanceCase asked) {
        if (asked.now() != null) {
            return Optional.of("has no clock to set");
        }
        if (Peer.isAboutRanges(asked)) {
            return Optional.of("does not evaluate If-Range");
        }
        return asked.state().exists() ? Optional.empty() : Optional.of("has no call for what does not exist");
    }

    @Override
    public String outcome(ConformanceCase asked) {
        Answer answer = new Answer();
        Instant lastModified = asked.state().lastModified();
        boolean refused = new ServletWebRequest(Servlets.request(asked), answer.response())
                .checkNotModified(asked.state().etag(), lastModified == null ? -1 : lastModified.toEpochMilli());
        return refused ? answer.refusal() : "proceed";
    }
}
