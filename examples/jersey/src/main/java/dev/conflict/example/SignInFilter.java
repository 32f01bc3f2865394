package dev.conflict.example;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** Signs in whoever sends credentials; nobody has to. A server with servlets has this built in. */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
final class SignInFilter implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        String credentials = request.getHeaderString("Authorization");
        if (credentials == null) {
            return;
        }
        Account.of(credentials)
                .ifPresentOrElse(
                        account -> request.setSecurityContext(new SignedIn(account)),
                        () -> request.abortWith(Response.status(401)
                                .header("WWW-Authenticate", "Basic realm=\"workspace\"")
                                .build()));
    }

    private record SignedIn(Account account) implements SecurityContext {
        @Override
        public Principal getUserPrincipal() {
            return account::user;
        }

        @Override
        public boolean isUserInRole(String role) {
            return account.role().equals(role);
        }

        @Override
        public boolean isSecure() {
            return false;
        }

        @Override
        public String getAuthenticationScheme() {
            return BASIC_AUTH;
        }
    }
}
