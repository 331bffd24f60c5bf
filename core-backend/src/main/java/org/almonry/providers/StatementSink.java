package org.almonry.providers;

/// Receives a file's statements in order: `begin`, its lines, `end`, and so on.
///
/// Lines come while the file is being read: a file that turns out to be cut off has already
/// delivered what stood before. Whoever needs all or nothing reads twice, the first time
/// without storing.
public interface StatementSink {
    /// A statement begins.
    void begin(StatementHeader header);

    /// A booked line of the statement that has begun.
    void line(StatementLine line);

    /// The statement ends.
    void end(StatementFooter footer);

    /// A statement or entry that makes no sense, such as one dated 31 February, was left
    /// out. `where` names it so that a person finds it in the file.
    default void broken(String where, String why) {}
}
