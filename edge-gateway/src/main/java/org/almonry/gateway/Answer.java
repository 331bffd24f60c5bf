package org.almonry.gateway;

import static java.util.Objects.requireNonNull;

/// What a handler answers.
public sealed interface Answer {

    /// A template with its model.
    record Page(int status, String template, Object model) implements Answer {
        public Page {
            requireNonNull(template, "template is null");
            requireNonNull(model, "model is null");
        }
    }

    /// Go on there with GET; the answer to every form that did something.
    record SeeOther(String path) implements Answer {
        public SeeOther {
            if (!path.startsWith("/") || path.startsWith("//")) {
                throw new IllegalArgumentException("not a path of ours: " + path);
            }
        }
    }

    /// The handler wrote a stream by itself.
    record Streamed() implements Answer {}

    /// A page.
    static Answer page(String template, Object model) {
        return new Page(200, template, model);
    }

    /// The form again, with what is wrong with it.
    static Answer refused(String template, Object model) {
        return new Page(422, template, model);
    }

    /// Somewhere else.
    static Answer seeOther(String path) {
        return new SeeOther(path);
    }
}
