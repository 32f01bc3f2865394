package dev.conflict.data.app;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application as it stands before anybody knows this library. */
@SpringBootApplication
public class DataApplication {}
