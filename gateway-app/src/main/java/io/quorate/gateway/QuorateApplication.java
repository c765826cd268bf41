package io.quorate.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the server process. */
@SpringBootApplication
public class QuorateApplication {
    public static void main(String[] args) {
        SpringApplication.run(QuorateApplication.class, args);
    }
}
