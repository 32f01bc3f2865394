package dev.conflict.containers.undertow;

import dev.conflict.containers.ServletServer;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;
import java.util.Set;

/** Undertow. */
public final class EmbeddedUndertow implements ServletServer {
    private final DeploymentManager deployment;
    private final Undertow undertow;

    private EmbeddedUndertow(DeploymentManager deployment, Undertow undertow) {
        this.deployment = deployment;
        this.undertow = undertow;
    }

    /** Starts an Undertow. */
    public static ServletServer start(Application application) throws ServletException {
        ServletContainerInitializer initializer =
                (classes, context) -> application.start().with(context);
        DeploymentInfo info = Servlets.deployment()
                .setClassLoader(EmbeddedUndertow.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("application")
                .addServletContainerInitializer(new ServletContainerInitializerInfo(
                        initializer.getClass(), new ImmediateInstanceFactory<>(initializer), Set.of()));
        for (ErrorPage page : application.errorPages()) {
            info.addErrorPage(
                    page.status() != 0
                            ? Servlets.errorPage(page.path(), page.status())
                            : Servlets.errorPage(page.path(), throwable(page.exception())));
        }
        DeploymentManager deployment = Servlets.newContainer().addDeployment(info);
        deployment.deploy();
        Undertow undertow = Undertow.builder()
                .addHttpListener(0, "localhost")
                .setHandler(deployment.start())
                .build();
        undertow.start();
        return new EmbeddedUndertow(deployment, undertow);
    }

    private static Class<? extends Throwable> throwable(String name) {
        try {
            return Class.forName(name).asSubclass(Throwable.class);
        } catch (ClassNotFoundException unknown) {
            throw new IllegalArgumentException(unknown);
        }
    }

    @Override
    public int port() {
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void close() {
        undertow.stop();
        try {
            deployment.stop();
        } catch (ServletException broken) {
            throw new IllegalStateException(broken);
        }
        deployment.undeploy();
    }
}
