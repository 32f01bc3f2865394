package dev.conflict.containers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.conflict.containers.Stage.Act;
import dev.conflict.containers.Stage.Call;
import dev.conflict.containers.Stage.Scenario;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Everything in which an application could notice that a filter stands before it. */
final class Scenarios {
    private static final String SMALL = "some output";
    private static final byte[] LARGE = "0123456789abcdef".repeat(2_500).getBytes(UTF_8);

    private Scenarios() {}

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        all.addAll(exceptions());
        all.addAll(errors());
        all.addAll(afterErrors());
        all.addAll(plain());
        all.addAll(dispatches());
        all.addAll(async());
        all.addAll(uploads());
        return all;
    }

    private static Map<String, Act> stages() {
        Map<String, Act> stages = new LinkedHashMap<>();
        stages.put("at-once", call -> {});
        stages.put("after-header", call -> {
            call.response().setStatus(201);
            call.response().setHeader("X-App", "1");
            call.response().addCookie(new Cookie("a", "b"));
            call.response().setContentType("text/plain");
        });
        stages.put("after-small-writer", call -> call.response().getWriter().print(SMALL));
        stages.put(
                "after-small-stream", call -> call.response().getOutputStream().print(SMALL));
        stages.put(
                "after-large-stream", call -> call.response().getOutputStream().write(LARGE));
        stages.put("after-flush", call -> {
            call.response().getWriter().print(SMALL);
            call.response().flushBuffer();
        });
        stages.put("after-close", call -> {
            call.response().getWriter().print(SMALL);
            call.response().getWriter().close();
        });
        return stages;
    }

    private static Map<String, Act> throwers() {
        Map<String, Act> throwers = new LinkedHashMap<>();
        throwers.put("runtime", call -> {
            throw new IllegalStateException("boom");
        });
        throwers.put("caused", call -> {
            throw new ServletException("outer", new IllegalArgumentException("inner"));
        });
        throwers.put("io", call -> {
            throw new IOException("broken");
        });
        throwers.put("error", call -> {
            throw new AssertionError("wrong");
        });
        throwers.put("suppressed", call -> {
            IllegalStateException thrown = new IllegalStateException("boom");
            thrown.addSuppressed(new IllegalArgumentException("aside"));
            throw thrown;
        });
        return throwers;
    }

    private static List<Scenario> exceptions() {
        List<Scenario> scenarios = new ArrayList<>();
        throwers()
                .forEach((what, thrower) -> stages().forEach(
                                (when, stage) -> scenarios.add(new Scenario("throw-" + what + "-" + when, call -> {
                                    stage.play(call);
                                    thrower.play(call);
                                }))));
        return scenarios;
    }

    private static List<Scenario> errors() {
        List<Scenario> scenarios = new ArrayList<>();
        for (int status : new int[] {404, 409, 412, 500}) {
            stages().forEach((when, stage) -> {
                scenarios.add(new Scenario("error-" + status + "-" + when, call -> {
                    stage.play(call);
                    call.response().sendError(status);
                }));
                scenarios.add(new Scenario("error-" + status + "-message-" + when, call -> {
                    stage.play(call);
                    call.response().sendError(status, "because <of> this");
                }));
            });
        }
        scenarios.add(new Scenario("error-null-message", call -> call.response().sendError(409, null)));
        scenarios.add(new Scenario("error-200", call -> call.response().sendError(200, "fine")));
        scenarios.add(new Scenario("error-304", call -> call.response().sendError(304)));
        throwers()
                .forEach((what, thrower) -> scenarios.add(new Scenario("error-then-throw-" + what, call -> {
                    call.response().sendError(404, "first");
                    thrower.play(call);
                })));
        return scenarios;
    }

    /** What applications do with a response after {@code sendError}. */
    private static List<Scenario> afterErrors() {
        Map<String, Act> acts = new LinkedHashMap<>();
        acts.put("ask", call -> {
            HttpServletResponse response = call.response();
            call.note("committed " + response.isCommitted());
            call.note("status " + response.getStatus());
            call.note("header " + response.getHeader("X-App") + response.containsHeader("X-App"));
            call.note("encoding " + response.getCharacterEncoding());
        });
        acts.put(
                "write",
                call -> call.attempt("write", c -> c.response().getWriter().print(SMALL)));
        acts.put(
                "stream",
                call -> call.attempt(
                        "stream", c -> c.response().getOutputStream().write(LARGE)));
        acts.put("header", call -> {
            call.response().setHeader("X-Late", "1");
            call.response().addHeader("X-Later", "1");
            call.response().setIntHeader("X-Int", 1);
            call.response().addIntHeader("X-Int", 2);
            call.response().setDateHeader("X-Date", 0);
            call.response().addDateHeader("X-Date", 0);
            call.response().addCookie(new Cookie("late", "1"));
        });
        acts.put("status", call -> call.response().setStatus(202));
        acts.put("type", call -> {
            call.response().setContentType("text/csv");
            call.response().setCharacterEncoding("UTF-8");
            call.response().setLocale(Locale.FRENCH);
        });
        acts.put("length", call -> {
            call.response().setContentLength(3);
            call.response().setContentLengthLong(4);
        });
        acts.put("buffer", call -> call.attempt("buffer", c -> c.response().setBufferSize(100_000)));
        acts.put("reset", call -> call.attempt("reset", c -> c.response().reset()));
        acts.put(
                "reset-buffer",
                call -> call.attempt("resetBuffer", c -> c.response().resetBuffer()));
        acts.put("flush", call -> call.attempt("flush", c -> c.response().flushBuffer()));
        acts.put("again", call -> call.attempt("again", c -> c.response().sendError(409, "second")));
        acts.put("again-uncaught", call -> call.response().sendError(409, "second"));
        acts.put("redirect", call -> call.attempt("redirect", c -> c.response().sendRedirect("/else")));
        acts.put("attribute", call -> call.request().setAttribute("set after sendError", "seen"));
        acts.put(
                "trailers",
                call -> call.attempt("trailers", c -> c.response().setTrailerFields(() -> Map.of("X-Trailer", "1"))));

        List<Scenario> scenarios = new ArrayList<>();
        acts.forEach((what, act) -> {
            scenarios.add(new Scenario("after-error-" + what, call -> {
                call.response().setHeader("X-App", "1");
                call.response().sendError(404, "gone");
                act.play(call);
            }));
            scenarios.add(new Scenario("after-error-" + what + "-throw", call -> {
                call.response().sendError(404, "gone");
                act.play(call);
                throw new IllegalStateException("boom");
            }));
        });
        scenarios.addAll(heldOutput());
        return scenarios;
    }

    /** Writers and streams that the application has held since before the error. */
    private static List<Scenario> heldOutput() {
        Map<String, Act> acts = new LinkedHashMap<>();
        acts.put("small-writer", call -> {
            PrintWriter writer = call.response().getWriter();
            writer.print(SMALL);
            call.response().sendError(404, "gone");
            writer.print("late");
            call.note("error " + writer.checkError());
        });
        acts.put("small-stream", call -> {
            ServletOutputStream stream = call.response().getOutputStream();
            stream.print(SMALL);
            call.response().sendError(404, "gone");
            call.attempt("late", c -> stream.print("late"));
        });
        acts.put("large-writer", call -> {
            PrintWriter writer = call.response().getWriter();
            writer.print(SMALL);
            call.response().sendError(404, "gone");
            writer.print(new String(LARGE, UTF_8));
        });
        acts.put("large-stream", call -> {
            ServletOutputStream stream = call.response().getOutputStream();
            stream.print(SMALL);
            call.response().sendError(404, "gone");
            call.attempt("late", c -> stream.write(LARGE));
        });
        acts.put("close-writer", call -> {
            PrintWriter writer = call.response().getWriter();
            writer.print(SMALL);
            call.response().sendError(404, "gone");
            writer.close();
        });
        acts.put("close-stream", call -> {
            ServletOutputStream stream = call.response().getOutputStream();
            stream.print(SMALL);
            call.response().sendError(404, "gone");
            call.attempt("close", c -> stream.close());
        });
        acts.put("flush-writer", call -> {
            PrintWriter writer = call.response().getWriter();
            writer.print(SMALL);
            call.response().sendError(404, "gone");
            writer.flush();
        });
        acts.put("flush-stream", call -> {
            ServletOutputStream stream = call.response().getOutputStream();
            stream.print(SMALL);
            call.response().sendError(404, "gone");
            call.attempt("flush", c -> stream.flush());
        });
        acts.put("empty-writer", call -> {
            PrintWriter writer = call.response().getWriter();
            call.response().sendError(404, "gone");
            writer.print("late");
            writer.close();
        });
        List<Scenario> scenarios = new ArrayList<>();
        acts.forEach((what, act) -> {
            scenarios.add(new Scenario("held-" + what, act));
            scenarios.add(new Scenario("held-" + what + "-throw", call -> {
                act.play(call);
                throw new IllegalStateException("boom");
            }));
        });
        return scenarios;
    }

    private static List<Scenario> plain() {
        List<Scenario> scenarios = new ArrayList<>();
        stages().forEach((when, stage) -> scenarios.add(new Scenario("plain-" + when, stage)));
        for (int status : new int[] {200, 201, 204, 304, 404, 409, 500}) {
            scenarios.add(
                    new Scenario("status-" + status, call -> call.response().setStatus(status)));
            scenarios.add(new Scenario("status-body-" + status, call -> {
                call.response().setStatus(status);
                call.response().getWriter().print(SMALL);
            }));
        }
        scenarios.add(new Scenario(
                "writer-every-way", call -> everyWay(call.response().getWriter())));
        scenarios.add(new Scenario(
                "stream-every-way", call -> everyWay(call.response().getOutputStream())));
        for (String type : List.of("text/plain", "text/plain;charset=UTF-8", "text/plain;charset=UTF-16", "weird")) {
            scenarios.add(new Scenario("writer-" + type.replaceAll("[/;=]", "-"), call -> {
                call.response().setContentType(type);
                call.response().getWriter().print("é € 你");
                call.note(call.response().getContentType() + call.response().getCharacterEncoding());
            }));
            scenarios.add(new Scenario("stream-" + type.replaceAll("[/;=]", "-"), call -> {
                call.response().setContentType(type);
                call.response().getOutputStream().write("é € 你".getBytes(UTF_8));
            }));
        }
        scenarios.add(new Scenario("encoding", call -> {
            call.response().setContentType("text/plain");
            call.response().setCharacterEncoding("UTF-8");
            call.response().setLocale(Locale.GERMANY);
            call.response().getWriter().printf("%,.2f é", 1234.5);
        }));
        scenarios.add(new Scenario("encoding-unknown", call -> {
            call.attempt("encoding", c -> c.response().setCharacterEncoding("nonsense"));
            call.attempt("writer", c -> c.response().getWriter());
        }));
        scenarios.add(new Scenario("writer-and-stream", call -> {
            PrintWriter writer = call.response().getWriter();
            writer.print(SMALL);
            call.attempt("stream", c -> c.response().getOutputStream());
            call.note("same " + isSame(writer, call.response().getWriter()));
        }));
        scenarios.add(new Scenario("stream-and-writer", call -> {
            ServletOutputStream stream = call.response().getOutputStream();
            stream.print(SMALL);
            call.attempt("writer", c -> c.response().getWriter());
            call.note("same " + isSame(stream, call.response().getOutputStream()));
        }));
        scenarios.add(new Scenario("reset", call -> {
            call.response().setStatus(201);
            call.response().setHeader("X-App", "1");
            call.response().getWriter().print("dropped");
            call.response().reset();
            call.attempt("stream", c -> c.response().getOutputStream().print("kept"));
        }));
        scenarios.add(new Scenario("reset-buffer", call -> {
            call.response().setStatus(201);
            call.response().setHeader("X-App", "1");
            call.response().getWriter().print("dropped");
            call.response().resetBuffer();
            call.response().getWriter().print("kept");
        }));
        scenarios.add(new Scenario("reset-committed", call -> {
            call.response().flushBuffer();
            call.attempt("reset", c -> c.response().reset());
            call.attempt("resetBuffer", c -> c.response().resetBuffer());
            call.attempt("sendError", c -> c.response().sendError(409));
            call.attempt("redirect", c -> c.response().sendRedirect("/else"));
            call.attempt("status", c -> c.response().setStatus(409));
            call.attempt("header", c -> c.response().setHeader("X-Late", "1"));
            call.attempt("buffer", c -> c.response().setBufferSize(100_000));
        }));
        scenarios.add(new Scenario("reset-buffer-then-error", call -> {
            call.response().getWriter().print("dropped");
            call.response().resetBuffer();
            call.response().sendError(409, "then");
        }));
        for (String location : List.of("/else", "else", "http://other.example/", "?q")) {
            scenarios.add(new Scenario("redirect-" + location.replaceAll("[/:?]", "-"), call -> {
                call.response().getWriter().print("dropped");
                call.response().sendRedirect(location);
                call.note("committed " + call.response().isCommitted());
                call.attempt("again", c -> c.response().sendRedirect(location));
                call.attempt("error", c -> c.response().sendError(409));
            }));
            scenarios.add(new Scenario("redirect-throw-" + location.replaceAll("[/:?]", "-"), call -> {
                call.response().sendRedirect(location);
                throw new IllegalStateException("boom");
            }));
        }
        for (int length : new int[] {0, 5, SMALL.length(), 100}) {
            scenarios.add(new Scenario("length-" + length, call -> {
                call.response().setContentLength(length);
                call.attempt("write", c -> c.response().getOutputStream().write(SMALL.getBytes(UTF_8)));
                call.note("committed " + call.response().isCommitted());
                call.response().setHeader("X-Late", "1");
            }));
            scenarios.add(new Scenario("length-header-throw-" + length, call -> {
                call.response().setHeader("Content-Length", Integer.toString(length));
                call.attempt("write", c -> c.response().getOutputStream().write(SMALL.getBytes(UTF_8)));
                throw new IllegalStateException("boom");
            }));
        }
        scenarios.add(new Scenario("stream-of-pieces", call -> {
            for (int i = 0; i < 20; i++) {
                call.response().getOutputStream().write(LARGE, 0, 30_000);
            }
        }));
        scenarios.add(new Scenario("stream-of-bytes", call -> {
            for (int i = 0; i < 20_000; i++) {
                call.response().getOutputStream().write(LARGE[i]);
            }
        }));
        scenarios.add(new Scenario("writer-large", call -> {
            for (int i = 0; i < 5; i++) {
                call.response().getWriter().print(new String(LARGE, UTF_8));
            }
        }));
        scenarios.add(new Scenario("flushes", call -> {
            for (int i = 0; i < 5; i++) {
                call.response().getOutputStream().print(SMALL);
                call.response().getOutputStream().flush();
            }
        }));
        scenarios.add(new Scenario("buffer-size", call -> {
            call.response().setBufferSize(4_000); // a larger one Tomcat would keep for later requests
            call.response().getOutputStream().write(LARGE, 0, 3_000);
            call.note("buffer " + call.response().getBufferSize() + " "
                    + call.response().isCommitted());
        }));
        scenarios.add(new Scenario("trailers", call -> {
            call.response().setHeader("Transfer-Encoding", "chunked");
            call.response().setTrailerFields(() -> Map.of("X-Trailer", "1"));
            call.response().getOutputStream().print(SMALL);
            call.response().flushBuffer();
        }));
        return scenarios;
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Object first, Object second) {
        return first == second;
    }

    private static void everyWay(PrintWriter writer) {
        writer.write('a');
        writer.write(new char[] {'b', 'c'});
        writer.write(new char[] {'d', 'e', 'f'}, 1, 2);
        writer.write("gh");
        writer.write("ijkl", 1, 2);
        writer.print(true);
        writer.print('m');
        writer.print(1);
        writer.print(2L);
        writer.print(3.5f);
        writer.print(4.5d);
        writer.print(new char[] {'n'});
        writer.print("é");
        writer.print((String) null);
        writer.print((Object) List.of(1));
        writer.println();
        writer.println(false);
        writer.println('o');
        writer.println(5);
        writer.println(6L);
        writer.println(7.5f);
        writer.println(8.5d);
        writer.println(new char[] {'p'});
        writer.println("q");
        writer.println((Object) null);
        writer.printf("%s %d", "r", 9).printf(Locale.GERMANY, "%.1f", 1.5);
        writer.format("%s", "s").format(Locale.GERMANY, "%.1f", 2.5);
        writer.append("t").append("uvw", 1, 2).append('x').append(null);
    }

    private static void everyWay(ServletOutputStream stream) throws IOException {
        stream.write('a');
        stream.write(new byte[] {'b', 'c'});
        stream.write(new byte[] {'d', 'e', 'f'}, 1, 2);
        stream.print("g");
        stream.print(true);
        stream.print('h');
        stream.print(1);
        stream.print(2L);
        stream.print(3.5f);
        stream.print(4.5d);
        stream.println();
        stream.println("i");
        stream.println(false);
        stream.println('j');
        stream.println(5);
        stream.println(6L);
        stream.println(7.5f);
        stream.println(8.5d);
    }

    private static List<Scenario> dispatches() {
        Map<String, Act> targets = new LinkedHashMap<>();
        targets.put("writer", call -> call.response().getWriter().print("target"));
        targets.put("stream", call -> call.response().getOutputStream().print("target"));
        targets.put("nothing", call -> call.response().setContentType("text/plain"));
        targets.put("large", call -> call.response().getOutputStream().write(LARGE));
        targets.put("throws", call -> {
            call.response().getWriter().print("target");
            throw new IllegalStateException("boom");
        });
        targets.put("error", call -> {
            call.response().getWriter().print("target");
            call.response().sendError(409, "target");
        });
        targets.put("error-throws", call -> {
            call.response().sendError(409, "target");
            throw new IllegalStateException("boom");
        });
        List<Scenario> scenarios = new ArrayList<>();
        targets.forEach((what, target) -> {
            scenarios.add(new Scenario(
                    "forward-" + what,
                    call -> {
                        call.response().setHeader("X-App", "1");
                        call.request().getRequestDispatcher("/target").forward(call.request(), call.response());
                    },
                    target));
            scenarios.add(new Scenario(
                    "forward-after-output-" + what,
                    call -> {
                        call.response().getWriter().print("dropped");
                        call.request().getRequestDispatcher("/target").forward(call.request(), call.response());
                    },
                    target));
            scenarios.add(new Scenario(
                    "forward-then-throw-" + what,
                    call -> {
                        call.request().getRequestDispatcher("/target").forward(call.request(), call.response());
                        throw new IllegalStateException("after");
                    },
                    target));
            scenarios.add(new Scenario(
                    "forward-then-write-" + what,
                    call -> {
                        call.request().getRequestDispatcher("/target").forward(call.request(), call.response());
                        call.note("committed " + call.response().isCommitted());
                        call.attempt("write", c -> c.response().getWriter().print("after"));
                        call.attempt("error", c -> c.response().sendError(404, "after"));
                    },
                    target));
            scenarios.add(new Scenario(
                    "include-" + what,
                    call -> {
                        call.response().setContentType("text/plain");
                        call.request().getRequestDispatcher("/target").include(call.request(), call.response());
                        call.note("committed " + call.response().isCommitted());
                        call.attempt("write", c -> c.response().getWriter().print("after"));
                    },
                    target));
            scenarios.add(new Scenario(
                    "include-then-error-" + what,
                    call -> {
                        call.request().getRequestDispatcher("/target").include(call.request(), call.response());
                        call.attempt("error", c -> c.response().sendError(404, "after"));
                    },
                    target));
        });
        return scenarios;
    }

    /** How an application starts an asynchronous cycle. */
    @FunctionalInterface
    private interface Starter {
        AsyncContext start(Call call);
    }

    private static List<Scenario> async() {
        List<Scenario> scenarios = new ArrayList<>();
        Map<String, Starter> starters = new LinkedHashMap<>();
        starters.put("", call -> call.request().startAsync());
        starters.put("-given", call -> call.request().startAsync(call.request(), call.response()));
        starters.forEach((how, start) -> {
            Map<String, Act> works = new LinkedHashMap<>();
            works.put("write", call -> call.response().getWriter().print(SMALL));
            works.put("stream", call -> call.response().getOutputStream().print(SMALL));
            works.put("flush", call -> {
                call.response().getWriter().print(SMALL);
                call.response().flushBuffer();
                call.note("committed " + call.response().isCommitted());
            });
            works.put("status", call -> call.response().setStatus(204));
            works.put("error", call -> {
                call.attempt("error", c -> c.response().sendError(409, "async"));
                call.note("committed " + call.response().isCommitted());
            });
            works.put("error-after-output", call -> {
                call.response().getOutputStream().print(SMALL);
                call.attempt("error", c -> c.response().sendError(409));
            });
            works.put("error-after-flush", call -> {
                call.response().flushBuffer();
                call.attempt("error", c -> c.response().sendError(409));
            });
            works.put(
                    "redirect",
                    call -> call.attempt("redirect", c -> c.response().sendRedirect("/else")));
            works.forEach((what, work) -> {
                scenarios.add(new Scenario("async-returned-" + what + how, call -> {
                    AsyncContext async = start.start(call);
                    call.afterReturn(c -> {
                        work.play(with(call, async));
                        complete(async);
                    });
                }));
                scenarios.add(new Scenario("async-meanwhile-" + what + how, call -> {
                    AsyncContext async = start.start(call);
                    call.inWorker(c -> work.play(with(call, async))).get(10, TimeUnit.SECONDS);
                    call.afterReturn(c -> complete(async));
                }));
                scenarios.add(new Scenario("async-own-thread-" + what + how, call -> {
                    AsyncContext async = start.start(call);
                    work.play(call);
                    call.afterReturn(c -> complete(async));
                }));
                scenarios.add(new Scenario("async-completed-" + what + how, call -> {
                    AsyncContext async = start.start(call);
                    work.play(call);
                    complete(async);
                }));
            });
            scenarios.addAll(asyncDispatches(how, start));
            scenarios.addAll(asyncFailures(how, start));
        });
        return scenarios;
    }

    /** After an error the container may have been faster. */
    private static void complete(AsyncContext async) {
        try {
            async.complete();
        } catch (IllegalStateException completed) {
            // it was
        }
    }

    private static Call with(Call call, AsyncContext async) {
        return new Call(call.stage(), call.scenario(), call.request(), (HttpServletResponse) async.getResponse());
    }

    private static List<Scenario> asyncDispatches(String how, Starter start) {
        List<Scenario> scenarios = new ArrayList<>();
        Map<String, Act> targets = new LinkedHashMap<>();
        targets.put("writes", call -> call.response().getWriter().print("target"));
        targets.put("throws", call -> {
            throw new IllegalStateException("boom");
        });
        targets.put("caused", call -> {
            call.response().getWriter().print("target");
            throw new ServletException("outer", new IllegalArgumentException("inner"));
        });
        targets.put("error", call -> {
            call.response().sendError(409, "target");
            call.note("committed " + call.response().isCommitted());
        });
        targets.put("error-throws", call -> {
            call.response().sendError(409, "target");
            throw new IllegalStateException("boom");
        });
        targets.put("flush-throws", call -> {
            call.response().getWriter().print("target");
            call.response().flushBuffer();
            throw new IllegalStateException("boom");
        });
        targets.forEach((what, target) -> {
            scenarios.add(new Scenario(
                    "dispatch-" + what + how,
                    call -> {
                        AsyncContext async = start.start(call);
                        call.response().setHeader("X-App", "1");
                        async.dispatch("/target");
                    },
                    target));
            scenarios.add(new Scenario(
                    "dispatch-returned-" + what + how,
                    call -> {
                        AsyncContext async = start.start(call);
                        call.afterReturn(c -> async.dispatch("/target"));
                    },
                    target));
        });
        return scenarios;
    }

    private static List<Scenario> asyncFailures(String how, Starter start) {
        List<Scenario> scenarios = new ArrayList<>();
        throwers().forEach((what, thrower) -> {
            scenarios.add(new Scenario("async-throw-" + what + how, call -> {
                start.start(call).setTimeout(100);
                thrower.play(call);
            }));
            scenarios.add(new Scenario("async-throw-flushed-" + what + how, call -> {
                start.start(call).setTimeout(100);
                call.response().flushBuffer();
                thrower.play(call);
            }));
            scenarios.add(new Scenario("async-throw-heard-" + what + how, call -> {
                AsyncContext async = start.start(call);
                async.setTimeout(100);
                async.addListener(new Listener(call, false));
                thrower.play(call);
            }));
        });
        scenarios.add(new Scenario("async-error-throw" + how, call -> {
            start.start(call).setTimeout(100);
            call.response().sendError(409, "first");
            throw new IllegalStateException("boom");
        }));
        scenarios.add(new Scenario("error-async" + how, call -> {
            call.response().sendError(409, "first");
            call.attempt("start", c -> {
                AsyncContext async = start.start(c);
                c.afterReturn(d -> complete(async));
            });
        }));
        scenarios.add(new Scenario("timeout" + how, call -> start.start(call).setTimeout(100)));
        scenarios.add(new Scenario("timeout-heard" + how, call -> {
            AsyncContext async = start.start(call);
            async.setTimeout(100);
            async.addListener(new Listener(call, false));
        }));
        scenarios.add(new Scenario("timeout-answered" + how, call -> {
            AsyncContext async = start.start(call);
            async.setTimeout(100);
            async.addListener(new Listener(call, true));
        }));
        scenarios.add(new Scenario("start-throws" + how, call -> {
            AsyncContext async = start.start(call);
            async.setTimeout(100);
            async.start(() -> {
                throw new IllegalStateException("boom");
            });
        }));
        scenarios.add(new Scenario("start-completes" + how, call -> {
            AsyncContext async = start.start(call);
            async.start(() -> {
                call.attempt("write", c -> async.getResponse().getWriter().print(SMALL));
                complete(async);
            });
        }));
        scenarios.add(new Scenario("non-blocking" + how, call -> {
            AsyncContext async = start.start(call);
            ServletOutputStream stream = call.response().getOutputStream();
            stream.setWriteListener(new Pump(call, async, stream));
        }));
        return scenarios;
    }

    private static List<Scenario> uploads() {
        return List.of(
                new Scenario("upload-unread", call -> call.response().setStatus(202)),
                new Scenario("upload-unread-error", call -> call.response().sendError(409, "no")),
                new Scenario("upload-unread-throw", call -> {
                    throw new IllegalStateException("boom");
                }),
                new Scenario(
                        "upload-read",
                        call -> call.response()
                                .getWriter()
                                .print(call.request().getInputStream().readAllBytes().length)),
                new Scenario("upload-read-error", call -> {
                    call.request().getInputStream().readAllBytes();
                    call.response().sendError(409, "no");
                }));
    }

    /** Notes what it hears, and answers a timeout if it is to. */
    private record Listener(Call call, boolean answers) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            // some containers tell it before, some after the client has everything
        }

        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            call.note("timeout, committed " + call.response().isCommitted());
            if (answers) {
                ((HttpServletResponse) event.getAsyncContext().getResponse()).sendError(503, "too late");
                event.getAsyncContext().complete();
            }
        }

        @Override
        public void onError(AsyncEvent event) {
            call.note("error " + event.getThrowable());
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            call.note("started");
        }
    }

    private static final class Pump implements WriteListener {
        private final Call call;
        private final AsyncContext async;
        private final ServletOutputStream stream;
        private int done;

        Pump(Call call, AsyncContext async, ServletOutputStream stream) {
            this.call = call;
            this.async = async;
            this.stream = stream;
        }

        @Override
        public void onWritePossible() throws IOException {
            while (stream.isReady()) {
                if (done == 20) {
                    complete(async);
                    return;
                }
                done++;
                stream.write(LARGE, 0, 10_000);
            }
        }

        @Override
        public void onError(Throwable thrown) {
            call.note("pump " + thrown);
            complete(async);
        }
    }
}
