package dev.conflict.spring.data.rest.app;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application of nothing but repositories. */
@SpringBootApplication
public class PageApplication {}
