package io.otabridge.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts the measured processes, each with its own class path and log.
 *
 * @param module the folder of this Maven module
 */
record ProcessLauncher(Path module) {

    private static final String HEAP = "-Xmx512m";

    /** Returns the folder for build output and logs. */
    Path target() {
        return module.resolve("target");
    }

    /** Starts a {@link Server}. Its first line of output is its port. */
    ChildJvm server() throws IOException {
        return ChildJvm.start(
                target().resolve("server.log"),
                List.of("-Xmx64m", "-cp", target().resolve("classes").toString(), Server.class.getName()));
    }

    /** Starts a {@link Worker} for a contender, and waits until it is ready. */
    ChildJvm worker(Contender contender, String endpoint) throws IOException {
        ChildJvm worker = contender(
                contender,
                List.of(),
                List.of(Worker.class.getName(), contender.type(), endpoint, contender.vendor().version));
        worker.readLine();
        return worker;
    }

    /**
     * Starts a program on a contender's class path.
     *
     * @param options the options of the JVM
     * @param program the class and arguments of the program
     */
    ChildJvm contender(Contender contender, List<String> options, List<String> program) throws IOException {
        Path classes = folder(contender).resolve("target/classes");
        List<String> command =
                new ArrayList<>(List.of(HEAP, "-cp", classPath(contender).after(target().resolve("classes"), classes)));
        command.addAll(options);
        command.addAll(program);
        return ChildJvm.start(target().resolve(contender.key() + ".log"), command);
    }

    /** Returns the class path of a contender. */
    ClassPath classPath(Contender contender) throws IOException {
        return ClassPath.read(folder(contender).resolve("target/classpath"));
    }

    private Path folder(Contender contender) {
        return module.resolve("contenders").resolve(contender.module());
    }
}
