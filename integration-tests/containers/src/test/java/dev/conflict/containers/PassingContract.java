package dev.conflict.containers;

import dev.conflict.servlet.EntityTagFilter;
import jakarta.servlet.ServletContext;

/** What is larger than the entity-tag filter's limit passes byte for byte, and so does everything that is no body. */
public abstract class PassingContract extends GoldenContract {
    @Override
    protected void filter(ServletContext context) {
        EntityTagFilter.builder().maxBodyBytes(1).register(context, "/*");
    }

    @Override
    protected boolean wraps(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }
}
