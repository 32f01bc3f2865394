package dev.conflict.problem;

import java.net.URI;

/** Resolves URI references by RFC 3986 §5.2, where {@link URI#resolve(URI)} still follows the RFC before it. */
final class Reference {
    private Reference() {}

    /** Returns the reference as it is if the base has no hierarchy to resolve it in. */
    static URI resolve(URI base, URI reference) {
        if (reference.isAbsolute() || !base.isAbsolute() || base.getRawAuthority() == null) {
            return reference;
        }
        if (reference.getRawAuthority() == null && reference.getRawPath().isEmpty()) {
            return URI.create(withoutReplaced(base.toString(), reference) + reference);
        }
        String resolved = rooted(base).resolve(reference).toString();
        String root = base.getScheme() + "://";
        int path = resolved.indexOf('/', root.length());
        while (path >= 0
                && (resolved.startsWith("/../", path)
                        || resolved.substring(path).equals("/.."))) {
            resolved = resolved.substring(0, path + 1) + resolved.substring(Math.min(path + 4, resolved.length()));
        }
        return URI.create(resolved);
    }

    /** What stays of the base under a reference that has no path: all but the fragment, and the query if it has one. */
    private static String withoutReplaced(String base, URI reference) {
        int fragment = end(base, '#');
        return base.substring(0, reference.getRawQuery() == null ? fragment : Math.min(fragment, end(base, '?')));
    }

    /** A base without a path has the path "/" (RFC 3986 §5.2.3). */
    private static URI rooted(URI base) {
        return base.getRawPath().isEmpty() ? URI.create(base.getScheme() + "://" + base.getRawAuthority() + "/") : base;
    }

    private static int end(String text, char before) {
        int at = text.indexOf(before);
        return at < 0 ? text.length() : at;
    }
}
