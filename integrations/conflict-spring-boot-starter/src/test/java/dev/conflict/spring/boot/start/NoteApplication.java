package dev.conflict.spring.boot.start;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application that knows nothing of us, and says how long its process took to be ready. */
@SpringBootApplication
@RestController
public class NoteApplication {
    static final String OURS = "conflictFilter";

    @GetMapping("/note")
    String note() {
        return "hello";
    }

    /** Prints the milliseconds from the start of the process, those of all processors in it, and whether our filter is there; then ends. */
    public static void main(String[] args) {
        try (ConfigurableApplicationContext context = SpringApplication.run(NoteApplication.class, args)) {
            long millis = System.currentTimeMillis()
                    - ManagementFactory.getRuntimeMXBean().getStartTime();
            long processorMillis = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                            .getProcessCpuTime()
                    / 1_000_000;
            System.out.println(StartCost.MARK + millis + " " + processorMillis + " " + context.containsBean(OURS));
        }
    }
}
