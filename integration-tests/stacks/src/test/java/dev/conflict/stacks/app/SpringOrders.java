package dev.conflict.stacks.app;

import dev.conflict.spring.ConflictExceptionResolver;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/** Orders as a Spring MVC controller. */
@Controller
@ResponseBody
@RequestMapping("/app")
@SuppressWarnings("DoNotCallSuggester") // the framework calls what always throws
public final class SpringOrders {
    /** Spring MVC, with this controller and no exception handler but, if it is adapted, ours. */
    static Servlet servlet(boolean adapted) {
        GenericWebApplicationContext beans = new GenericWebApplicationContext();
        beans.registerBean(SpringOrders.class);
        if (adapted) {
            beans.registerBean(ConflictExceptionResolver.class);
        }
        return new DispatcherServlet(beans);
    }

    @RequestMapping("/NONE")
    public String none() {
        return "ok";
    }

    @RequestMapping("/BEFORE/{kind}")
    public String before(@PathVariable String kind, HttpServletRequest request) {
        throw Fault.of(kind, request);
    }

    @RequestMapping("/{moment:PARTIAL|COMMITTED}/{kind}")
    public void during(
            @PathVariable String moment, @PathVariable String kind, HttpServletRequest request, OutputStream out)
            throws IOException {
        Fault.write(out, moment);
        throw Fault.of(kind, request);
    }

    @RequestMapping("/WRITER/{kind}")
    public void writer(@PathVariable String kind, HttpServletRequest request, Writer writer) throws IOException {
        writer.write("partial");
        throw Fault.of(kind, request);
    }

    @RequestMapping("/ASYNC_FIRST/{kind}")
    public Callable<String> callable(@PathVariable String kind, HttpServletRequest request) {
        RuntimeException fault = Fault.of(kind, request);
        return () -> {
            throw fault;
        };
    }

    @RequestMapping("/ASYNC_SECOND/{kind}")
    public DeferredResult<String> deferred(@PathVariable String kind, HttpServletRequest request) {
        DeferredResult<String> result = new DeferredResult<>();
        RuntimeException fault = Fault.of(kind, request);
        Watch.afterReturn(request, () -> result.setErrorResult(fault));
        return result;
    }

    @RequestMapping("/ASYNC_THIRD/{kind}")
    public CompletableFuture<String> future(@PathVariable String kind, HttpServletRequest request) {
        CompletableFuture<String> future = new CompletableFuture<>();
        RuntimeException fault = Fault.of(kind, request);
        Watch.afterReturn(request, () -> future.completeExceptionally(fault));
        return future;
    }
}
