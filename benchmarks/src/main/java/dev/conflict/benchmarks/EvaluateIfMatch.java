package dev.conflict.benchmarks;

import dev.conflict.EntityTag;
import dev.conflict.http.FieldLines;
import dev.conflict.http.Preconditions;
import dev.conflict.http.Validators;
import dev.conflict.http.Verdict;
import io.undertow.util.ETag;
import io.undertow.util.ETagUtils;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.io.IOException;
import java.net.URI;
import java.util.Enumeration;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.WebResource;
import org.apache.catalina.servlets.DefaultServlet;
import org.eclipse.jetty.http.ComplianceViolation;
import org.eclipse.jetty.http.EtagUtils;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.QuotedCSV;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ContainerRequest;
import org.jboss.resteasy.mock.MockHttpRequest;
import org.jboss.resteasy.mock.MockHttpResponse;
import org.jboss.resteasy.specimpl.RequestImpl;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * From the lines of {@code If-Match} to the verdict on a PUT that may go on, here and in six other evaluators.
 *
 * <p>The present tag is the only one, or the last of five. Each evaluator is called as its framework calls it, with whatever
 * it needs already made where a framework has it anyway.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class EvaluateIfMatch {
    private static final String OPAQUE = "7f3a9c51-42";
    private static final String TAG = '"' + OPAQUE + '"';

    static String line(int tags) {
        return switch (tags) {
            case 0 -> null;
            case 1 -> TAG;
            default -> "\"11111111-42\", \"22222222-42\", \"33333333-42\", \"44444444-42\", " + TAG;
        };
    }

    /** The lines of one field, over and over, without an object for each look-up. */
    static final class Lines implements FieldLines, Enumeration<String> {
        private final String name;
        private final String line;
        private boolean read;

        Lines(String name, String line) {
            this.name = name;
            this.line = line;
        }

        @Override
        public Enumeration<String> of(String asked) {
            read = line == null || !asked.equals(name);
            return this;
        }

        @Override
        public boolean hasMoreElements() {
            return !read;
        }

        @Override
        public String nextElement() {
            read = true;
            return line;
        }
    }

    /** The lines of If-Match where whoever calls has them in hand: no name is compared to find them. */
    static final class InHand implements FieldLines, Enumeration<String> {
        private final String line;
        private boolean read;

        InHand(String line) {
            this.line = line;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // the constant that the evaluator asks with
        public Enumeration<String> of(String asked) {
            read = line == null || asked != Preconditions.IF_MATCH;
            return this;
        }

        @Override
        public boolean hasMoreElements() {
            return !read;
        }

        @Override
        public String nextElement() {
            read = true;
            return line;
        }
    }

    @State(Scope.Thread)
    public static class Conflict {
        @Param({"0", "1", "5"})
        public int tags;

        final Preconditions rules = Preconditions.optional();
        final Validators current = Validators.of(EntityTag.strong(OPAQUE));
        FieldLines fields;
        FieldLines inHand;

        @Setup
        public void open() {
            fields = new Lines("If-Match", line(tags));
            inHand = new InHand(line(tags));
            if (!(rules.evaluate("PUT", fields, current) instanceof Verdict.Proceed)
                    || !(rules.evaluate("PUT", inHand, current) instanceof Verdict.Proceed)) {
                throw new AssertionError("refused");
            }
        }
    }

    @Benchmark
    public Verdict conflict(Conflict state) {
        return state.rules.evaluate("PUT", state.fields, state.current);
    }

    /** Comparable to {@link #undertowInHand}. */
    @Benchmark
    public Verdict conflictInHand(Conflict state) {
        return state.rules.evaluate("PUT", state.inHand, state.current);
    }

    @State(Scope.Thread)
    public static class Spring {
        @Param({"0", "1", "5"})
        public int tags;

        HttpServletRequest request;
        HttpServletResponse response;

        @Setup
        public void open() {
            request = Stub.request("PUT", "If-Match", line(tags));
            response = Stub.response();
            if (new ServletWebRequest(request, response).checkNotModified(TAG)) {
                throw new AssertionError("refused");
            }
        }
    }

    @Benchmark
    public boolean spring(Spring state) {
        return new ServletWebRequest(state.request, state.response).checkNotModified(TAG);
    }

    @State(Scope.Thread)
    public static class Tomcat extends DefaultServlet {
        private static final long serialVersionUID = 1L;

        @Param({"0", "1", "5"})
        public int tags;

        transient HttpServletRequest request;
        transient HttpServletResponse response;
        transient WebResource resource;

        @Setup
        public void open() throws IOException {
            request = Stub.request("PUT", "If-Match", line(tags));
            response = Stub.response();
            resource = Stub.of(WebResource.class);
            if (!evaluate()) {
                throw new AssertionError("refused");
            }
        }

        @Override
        protected String generateETag(WebResource any) {
            return TAG;
        }

        boolean evaluate() throws IOException {
            return checkIfHeaders(request, response, resource);
        }
    }

    @Benchmark
    public boolean tomcat(Tomcat state) throws IOException {
        return state.evaluate();
    }

    @State(Scope.Thread)
    public static class Jersey {
        @Param({"0", "1", "5"})
        public int tags;

        ContainerRequest request;
        jakarta.ws.rs.core.EntityTag tag;

        @Setup
        public void open() {
            RuntimeDelegate.setInstance(new org.glassfish.jersey.server.internal.RuntimeDelegateImpl());
            request = new ContainerRequest(
                    URI.create("http://localhost/"),
                    URI.create("http://localhost/y"),
                    "PUT",
                    null,
                    new MapPropertiesDelegate(),
                    null);
            if (tags > 0) {
                request.getHeaders().add("If-Match", line(tags));
            }
            tag = new jakarta.ws.rs.core.EntityTag(OPAQUE);
            if (request.evaluatePreconditions(tag) != null) {
                throw new AssertionError("refused");
            }
        }
    }

    @Benchmark
    public Response.ResponseBuilder jersey(Jersey state) {
        return state.request.evaluatePreconditions(state.tag);
    }

    @State(Scope.Thread)
    public static class Resteasy {
        @Param({"0", "1", "5"})
        public int tags;

        RequestImpl request;
        jakarta.ws.rs.core.EntityTag tag;

        @Setup
        public void open() throws Exception {
            RuntimeDelegate.setInstance(new org.jboss.resteasy.core.providerfactory.ResteasyProviderFactoryImpl());
            MockHttpRequest http = MockHttpRequest.put("/y");
            if (tags > 0) {
                http.header("If-Match", line(tags));
            }
            request = new RequestImpl(http, new MockHttpResponse());
            tag = new jakarta.ws.rs.core.EntityTag(OPAQUE);
            if (request.evaluatePreconditions(tag) != null) {
                throw new AssertionError("refused");
            }
        }
    }

    @Benchmark
    public Response.ResponseBuilder resteasy(Resteasy state) {
        return state.request.evaluatePreconditions(state.tag);
    }

    @State(Scope.Thread)
    public static class Request {
        @Param({"0", "1", "5"})
        public int tags;

        HttpServletRequest request;

        @Setup
        public void open() {
            request = Stub.request("PUT", "If-Match", line(tags));
        }
    }

    @Benchmark
    public boolean jetty(Request state) {
        String line = state.request.getHeader("If-Match");
        if (line == null) {
            return true;
        }
        for (String each : new QuotedCSV.Etags(HttpCompliance.RFC9110, ComplianceViolation.Listener.NOOP, line)) {
            if (EtagUtils.matches(TAG, each)) {
                return true;
            }
        }
        return false;
    }

    /** The two calls of Undertow's servlet that look at tags. */
    @Benchmark
    public boolean undertow(Request state) {
        ETag tag = new ETag(false, OPAQUE);
        return ETagUtils.handleIfMatch(state.request.getHeader("If-Match"), tag, false)
                && ETagUtils.handleIfNoneMatch(state.request.getHeader("If-None-Match"), tag, true);
    }

    @State(Scope.Thread)
    public static class UndertowLine {
        @Param({"0", "1", "5"})
        public int tags;

        String line;

        @Setup
        public void open() {
            line = line(tags);
        }
    }

    /** The one call of it that reads If-Match, with the line in hand: the fastest there is. */
    @Benchmark
    public boolean undertowInHand(UndertowLine state) {
        return ETagUtils.handleIfMatch(state.line, new ETag(false, OPAQUE), false);
    }
}
