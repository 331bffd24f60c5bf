package org.almonry.demo;

/// Why the demo could not start, in words for the person who started it.
public final class DemoFailure extends Exception {

    private static final long serialVersionUID = 1L;

    DemoFailure(String text) {
        super(text);
    }

    DemoFailure(String text, Throwable cause) {
        super(text, cause);
    }
}
