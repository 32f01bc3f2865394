package dev.conflict.stacks.app;

import dev.conflict.servlet.ConflictResponses;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Orders without a framework, at {@code /app/<moment>/<kind>}. */
final class PlainServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final long TIMEOUT_MILLIS = 1_000;

    private final boolean filtered;

    PlainServlet(boolean filtered) {
        this.filtered = filtered;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String[] path = request.getPathInfo().split("/", -1);
        String moment = path[1];
        if (moment.equals("NONE")) {
            response.getOutputStream().print("ok");
            return;
        }
        RuntimeException fault = Fault.of(path[2], request);
        switch (moment) {
            case "BEFORE" -> throw fault;
            case "PARTIAL", "COMMITTED" -> Fault.write(response.getOutputStream(), moment);
            case "WRITER" -> response.getWriter().print("partial");
            case "ASYNC_FIRST" -> request.startAsync().setTimeout(TIMEOUT_MILLIS);
            case "ASYNC_SECOND" -> {
                AsyncContext async = request.startAsync();
                Watch.afterReturn(request, () -> answer(async, fault));
                return;
            }
            case "ASYNC_THIRD" -> {
                if (request.getDispatcherType() == DispatcherType.REQUEST) {
                    AsyncContext async = request.startAsync();
                    Watch.afterReturn(request, async::dispatch);
                    return;
                }
            }
            default -> throw new IllegalArgumentException(moment);
        }
        throw fault;
    }

    private void answer(AsyncContext async, RuntimeException fault) {
        if (!filtered || !ConflictResponses.send(async.getRequest(), async.getResponse(), fault)) {
            try {
                ((HttpServletResponse) async.getResponse()).sendError(500);
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
        async.complete();
    }
}
