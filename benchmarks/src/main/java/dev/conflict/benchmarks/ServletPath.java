package dev.conflict.benchmarks;

import dev.conflict.EntityTag;
import dev.conflict.Target;
import dev.conflict.http.Validators;
import dev.conflict.servlet.ConflictFilter;
import dev.conflict.servlet.ServletPreconditions;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
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

/** A PUT through the filter, its ledger and the evaluation to the end of the request, with a container that costs nothing. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@State(Scope.Thread)
public class ServletPath {
    @Param({"0", "1", "5"})
    public int tags;

    private Filter filter;
    private HttpServletRequest request;
    private HttpServletResponse response;
    private FilterChain chain;

    @Setup
    public void open() throws Exception {
        filter = ConflictFilter.builder().build();
        ServletContext context = (ServletContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, args) ->
                        method.getName().equals("getClassLoader") ? getClass().getClassLoader() : null);
        filter.init((FilterConfig) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {FilterConfig.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "getInitParameterNames" -> Collections.emptyEnumeration();
                    case "getServletContext" -> context;
                    default -> null;
                }));
        request = Stub.request("POST", "If-Match", EvaluateIfMatch.line(tags));
        response = Stub.response();
        Target target = new Target("thing", 1L);
        Validators current = Validators.of(EntityTag.strong("7f3a9c51-42"));
        chain = (passed, answer) ->
                ServletPreconditions.of((HttpServletRequest) passed).require(target, current);
    }

    @Benchmark
    public Object conflict() throws Exception {
        request.setAttribute("", null);
        filter.doFilter(request, response, chain);
        return response;
    }
}
