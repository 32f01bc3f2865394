package dev.conflict.file;

import java.io.IOException;

/**
 * Says that a file could not be read or written for a reason that lies with the server or with the connection: a full
 * disk, a missing right, a stream that broke off.
 *
 * <p>What was stored before is still there, unless the disk failed in the very moment in which the new content had taken its
 * place. An edge answers with a bare 500. The message names the file as the client did; the cause is for the log, since
 * the exceptions of file systems name paths of the server.
 */
public final class FileStoreException extends java.io.UncheckedIOException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what could not be done, with the file as the client named it
     * @param cause what the file system or the stream threw; never to be sent
     */
    public FileStoreException(String message, IOException cause) {
        super(message, cause);
    }
}
