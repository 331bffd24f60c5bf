package org.almonry.widget;

import org.almonry.wire.Config;
import org.almonry.wire.ConfigRefused;
import org.almonry.wire.Ids;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;

/// The process of the role `widgets`: configuration, client of the core, listener.
public final class WidgetMain {

    private static final Logger LOG = System.getLogger(WidgetMain.class.getName());

    private WidgetMain() {}

    /// Takes the path of the configuration file.
    public static void main(String[] args) {
        if (args.length != 1) {
            LOG.log(Level.ERROR, "usage: WidgetMain <configuration file>");
            System.exit(2);
        }
        try {
            var config = WidgetConfig.from(Config.load(Path.of(args[0])));
            var clock = Clock.systemUTC();
            var server = WidgetServer.start(config, new Ids(clock), clock);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
            LOG.log(Level.INFO, "widgets ready on " + server.address());
        } catch (ConfigRefused | IllegalArgumentException e) {
            LOG.log(Level.ERROR, "widgets refused to start: " + e.getMessage());
            System.exit(1);
        }
    }
}
