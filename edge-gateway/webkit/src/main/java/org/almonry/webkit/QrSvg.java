package org.almonry.webkit;

import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrSegment;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// A QR code as the path of an SVG, in squares of one unit, with the quiet zone included.
/// The template draws it, so that no markup is built from strings.
///
/// @param size squares along an edge, quiet zone included
/// @param path the `d` attribute of the dark squares
public record QrSvg(int size, String path) {

    /// Readers need four light squares around the code.
    private static final int QUIET = 4;

    /// EPC069-12 stops at version 13.
    private static final int VERSION_MAX = 13;

    /// The code of a bank transfer: level M and at most version 13, as EPC069-12 asks.
    public static QrSvg ofTransfer(String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        try {
            QrCode code = QrCode.encodeSegments(
                    List.of(QrSegment.makeBytes(bytes)),
                    QrCode.Ecc.MEDIUM,
                    QrCode.MIN_VERSION,
                    VERSION_MAX,
                    -1,
                    false);
            return new QrSvg(code.size + 2 * QUIET, path(code));
        } catch (DataTooLongException e) {
            throw new IllegalArgumentException("more than a transfer's QR code holds", e);
        }
    }

    private static String path(QrCode code) {
        var path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            int x = 0;
            while (x < code.size) {
                int from = x;
                while (x < code.size && code.getModule(x, y)) {
                    x++;
                }
                if (x > from) {
                    int width = x - from;
                    path.append('M').append(from + QUIET).append(' ').append(y + QUIET);
                    path.append('h').append(width).append("v1h-").append(width).append('z');
                } else {
                    x++;
                }
            }
        }
        return path.toString();
    }
}
