package dev.conflict.jpa.matrix;

/** The two providers, each in the version that is on the class path. */
enum Provider {
    HIBERNATE("org.hibernate.jpa.HibernatePersistenceProvider"),
    ECLIPSELINK("org.eclipse.persistence.jpa.PersistenceProvider");

    private final String type;

    Provider(String type) {
        this.type = type;
    }

    /** The name of its class. */
    String type() {
        return type;
    }

    String version() {
        return this == HIBERNATE
                ? org.hibernate.Version.getVersionString().replace(".Final", "")
                : org.eclipse.persistence.Version.getVersion();
    }

    /** The name with the version's first number. */
    String line() {
        return this + "-" + version().replaceAll("\\..*", "");
    }

    /** The specification on the class path, which both providers implement. */
    static String specification() {
        try {
            Class.forName("jakarta.persistence.PersistenceConfiguration");
            return "3.2";
        } catch (ClassNotFoundException older) {
            return "3.1";
        }
    }
}
