package org.almonry.providers.bank;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.almonry.providers.StatementRefused;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads an XML file from front to end, element by element, and refuses what is hostile.
///
/// No document type is accepted at all: with it go external entities and entities that
/// grow. Depth, number and length of elements are bounded, since the file comes from
/// outside.
final class XmlPull implements AutoCloseable {
    /// Statements nest about 12 deep.
    private static final int DEPTH_MAX = 64;

    /// Children and grandchildren of one piece; an entry with all that the schema allows
    /// has a few hundred.
    static final int ELEMENTS_MAX = 5_000;

    private static final Pattern ENCODING =
            Pattern.compile("^\\s*<\\?xml[^>]*encoding\\s*=\\s*[\"']([^\"']{1,40})[\"']");

    /// The sets that banks declare. Others, such as UTF-7 or EBCDIC, are only ever declared
    /// to get past filters.
    private static final List<String> CHARSETS =
            List.of("utf-8", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252");

    private final Reader text;
    private final RecordingReader recorder;
    private final XMLStreamReader xml;
    private int depth;

    private XmlPull(Reader text, RecordingReader recorder, XMLStreamReader xml) {
        this.text = text;
        this.recorder = recorder;
        this.xml = xml;
    }

    static XmlPull open(StatementFile file) throws StatementRefused {
        var charset = charset(file);
        try {
            var text = file.open(charset);
            var recorder = new RecordingReader(text);
            return new XmlPull(text, recorder, factory().createXMLStreamReader(recorder));
        } catch (IOException e) {
            throw StatementFile.unreadable(e);
        } catch (XMLStreamException e) {
            throw new StatementRefused("the file is no XML", 1, 0, e);
        }
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        // The JDK counts "&amp;" and its like over the whole file, and stops at 100,000 of
        // them,
        // which a large
        // statement has. Entities that could grow need a document type, and that is
        // refused.
        factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
        factory.setProperty("jdk.xml.totalEntitySizeLimit", "0");
        return factory;
    }

    private static Charset charset(StatementFile file) throws StatementRefused {
        var matcher = ENCODING.matcher(file.head());
        var name = matcher.find() ? matcher.group(1) : "utf-8";
        Charset charset;
        try {
            charset = Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new StatementRefused("the file declares an unknown character set", 1, 0, e);
        }
        if (!CHARSETS.contains(charset.name().toLowerCase(Locale.ROOT))) {
            throw new StatementRefused("the file declares a character set that no bank uses", 1, 0);
        }
        if (charset.equals(UTF_8) && !file.utf8()) {
            throw new StatementRefused(
                    "the file says that it is UTF-8, but here it is not",
                    file.badLine(),
                    file.badOffset());
        }
        return charset;
    }

    /// Moves to the root element.
    void root() throws StatementRefused {
        if (!nextChild()) {
            throw refused("the file holds no XML element");
        }
    }

    /// Moves to the next child of the element that was entered last; at its end, leaves it
    /// and returns false.
    boolean nextChild() throws StatementRefused {
        while (true) {
            recorder.mark(offset());
            var step = step();
            if (step != null) {
                return step;
            }
        }
    }

    /// The same, but the text from an offset on stays at hand.
    boolean nextPart(long keepFrom) throws StatementRefused {
        recorder.mark(keepFrom);
        while (true) {
            var step = step();
            if (step != null) {
                return step;
            }
        }
    }

    /// True behind a start tag, false behind an end tag, null for anything between tags.
    private @Nullable Boolean step() throws StatementRefused {
        return switch (next()) {
            case XMLStreamConstants.START_ELEMENT -> {
                enter();
                yield true;
            }
            case XMLStreamConstants.END_ELEMENT -> {
                depth--;
                yield false;
            }
            case XMLStreamConstants.END_DOCUMENT -> false;
            default -> null;
        };
    }

    /// The name of the element that was entered last.
    String name() {
        return xml.getLocalName();
    }

    String namespace() {
        var uri = xml.getNamespaceURI();
        return uri == null ? "" : uri;
    }

    /// Leaves the current element unread.
    void skip() throws StatementRefused {
        int outside = depth - 1;
        while (depth > outside) {
            recorder.mark(offset());
            int event = next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                enter();
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
    }

    /// Reads the current element with all inside into memory, and leaves it.
    XmlElement tree() throws StatementRefused {
        var top = new XmlElement(name(), currency());
        var open = new ArrayDeque<XmlElement>();
        open.push(top);
        var value = new StringBuilder();
        int count = 0;
        while (!open.isEmpty()) {
            switch (next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    enter();
                    if (++count > ELEMENTS_MAX) {
                        throw refused("one entry has too many elements");
                    }
                    var child = new XmlElement(name(), currency());
                    open.element().add(child);
                    open.push(child);
                    value.setLength(0);
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    open.pop().text(value.toString().strip());
                    value.setLength(0);
                }
                case XMLStreamConstants.CHARACTERS,
                        XMLStreamConstants.CDATA,
                        XMLStreamConstants.SPACE ->
                    value.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
                default -> {}
            }
        }
        return top;
    }

    /// The offset in characters behind the tag that was read last.
    long offset() {
        return recorder.tagEnd();
    }

    /// Where the tag begins that was read last.
    long tagStart() {
        return recorder.tagStart();
    }

    /// The text of the file between two offsets.
    String raw(long from, long to) {
        return recorder.text(from, to);
    }

    long line() {
        return xml.getLocation().getLineNumber();
    }

    StatementRefused refused(String reason) {
        return new StatementRefused(reason, line(), offset());
    }

    @Override
    public void close() throws StatementRefused {
        try {
            xml.close();
            text.close();
        } catch (IOException e) {
            throw StatementFile.unreadable(e);
        } catch (XMLStreamException e) {
            throw new StatementRefused("the file cannot be closed", -1, -1, e);
        }
    }

    private void enter() throws StatementRefused {
        if (++depth > DEPTH_MAX) {
            throw refused("the XML nests too deep");
        }
    }

    private String currency() {
        var value = xml.getAttributeValue(null, "Ccy");
        return value == null ? "" : value;
    }

    private int next() throws StatementRefused {
        int event;
        try {
            event = xml.next();
        } catch (XMLStreamException e) {
            throw broken(e);
        }
        if (event == XMLStreamConstants.START_ELEMENT) {
            recorder.startTag();
        } else if (event == XMLStreamConstants.END_ELEMENT) {
            recorder.endTag();
        } else if (event == XMLStreamConstants.DTD
                || event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw refused(
                    "the file declares a document type or entities, which statements never do");
        }
        return event;
    }

    private StatementRefused broken(XMLStreamException e) {
        if (e.getNestedException() instanceof RecordingReader.TooLong) {
            return refused("one entry is longer than 1 MiB");
        }
        var message = String.valueOf(e.getMessage());
        int at = message.indexOf("Message: ");
        var words = at < 0 ? message : message.substring(at + "Message: ".length());
        var place = e.getLocation();
        return new StatementRefused(
                "the XML is not well-formed or is cut off: " + Texts.clip(words, 200),
                place == null ? line() : place.getLineNumber(),
                offset(),
                e);
    }
}
