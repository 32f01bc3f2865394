package dev.conflict.stacks.app;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;

/** Orders as a Jersey resource. */
@Path("/")
@SuppressWarnings("DoNotCallSuggester") // the framework calls what always throws
public final class JerseyOrders {
    /** Jersey, with this resource and no exception mapper but, if it is adapted, ours, which it finds by itself. */
    static Servlet servlet(boolean adapted) {
        return new ServletContainer(new ResourceConfig()
                .register(new JerseyOrders())
                .property("dev.conflict.jaxrs.disabled", !adapted)
                .property("jersey.config.server.wadl.disableWadl", true));
    }

    @GET
    @Path("NONE")
    public String none() {
        return "ok";
    }

    @GET
    @Path("BEFORE/{kind}")
    public String before(@PathParam("kind") String kind, @Context HttpServletRequest request) {
        throw Fault.of(kind, request);
    }

    @PUT
    @Path("BEFORE/{kind}")
    public String putBefore(@PathParam("kind") String kind, @Context HttpServletRequest request) {
        return before(kind, request);
    }

    @GET
    @Path("{moment: PARTIAL|COMMITTED}/{kind}")
    public StreamingOutput during(
            @PathParam("moment") String moment, @PathParam("kind") String kind, @Context HttpServletRequest request) {
        return out -> {
            Fault.write(out, moment);
            throw Fault.of(kind, request);
        };
    }

    @PUT
    @Path("{moment: PARTIAL|COMMITTED}/{kind}")
    public StreamingOutput putDuring(
            @PathParam("moment") String moment, @PathParam("kind") String kind, @Context HttpServletRequest request) {
        return during(moment, kind, request);
    }

    @GET
    @Path("WRITER/{kind}")
    public String writer(
            @PathParam("kind") String kind, @Context HttpServletRequest request, @Context HttpServletResponse response)
            throws IOException {
        response.getWriter().print("partial");
        throw Fault.of(kind, request);
    }

    @PUT
    @Path("WRITER/{kind}")
    public String putWriter(
            @PathParam("kind") String kind, @Context HttpServletRequest request, @Context HttpServletResponse response)
            throws IOException {
        return writer(kind, request, response);
    }

    @GET
    @Path("ASYNC_FIRST/{kind}")
    public void suspended(
            @PathParam("kind") String kind, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        response.setTimeout(1, TimeUnit.SECONDS);
        throw Fault.of(kind, request);
    }

    @PUT
    @Path("ASYNC_FIRST/{kind}")
    public void putSuspended(
            @PathParam("kind") String kind, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        suspended(kind, request, response);
    }

    @GET
    @Path("ASYNC_SECOND/{kind}")
    public void resumed(
            @PathParam("kind") String kind, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        RuntimeException fault = Fault.of(kind, request);
        Watch.afterReturn(request, () -> response.resume(fault));
    }

    @PUT
    @Path("ASYNC_SECOND/{kind}")
    public void putResumed(
            @PathParam("kind") String kind, @Context HttpServletRequest request, @Suspended AsyncResponse response) {
        resumed(kind, request, response);
    }

    @GET
    @Path("ASYNC_THIRD/{kind}")
    public CompletionStage<String> stage(@PathParam("kind") String kind, @Context HttpServletRequest request) {
        CompletableFuture<String> stage = new CompletableFuture<>();
        RuntimeException fault = Fault.of(kind, request);
        Watch.afterReturn(request, () -> stage.completeExceptionally(fault));
        return stage;
    }

    @PUT
    @Path("ASYNC_THIRD/{kind}")
    public CompletionStage<String> putStage(@PathParam("kind") String kind, @Context HttpServletRequest request) {
        return stage(kind, request);
    }
}
