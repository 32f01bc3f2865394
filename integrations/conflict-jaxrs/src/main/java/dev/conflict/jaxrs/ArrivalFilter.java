package dev.conflict.jaxrs;

import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;

/** Tells a request under which configuration it is answered; the ledger waits until somebody asks for it. */
@PreMatching
@Priority(Order.FIRST)
final class ArrivalFilter implements ContainerRequestFilter {
    private final Installed installed;

    ArrivalFilter(Installed installed) {
        this.installed = installed;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(Installed.PROPERTY, installed);
    }
}
