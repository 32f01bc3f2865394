/** The language of conflicts: what happened, how it is answered, and the guards that service code calls. */
@SuppressWarnings("opens") // a package of resources alone
module dev.conflict.core {
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.databind;

    exports dev.conflict;
    exports dev.conflict.event;
    exports dev.conflict.file;
    exports dev.conflict.http;
    exports dev.conflict.problem;
    exports dev.conflict.retry;

    opens dev.conflict.problem.schema;

    uses dev.conflict.ConflictReader;
}
