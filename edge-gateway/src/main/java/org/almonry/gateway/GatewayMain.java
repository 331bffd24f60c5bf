package org.almonry.gateway;

import org.almonry.wire.Config;
import org.almonry.wire.ConfigRefused;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;

/// Starts a gateway: `GatewayMain <file.properties>`.
public final class GatewayMain {

    private static final Logger LOG = System.getLogger(GatewayMain.class.getName());

    private GatewayMain() {}

    /// Ends with status 2 when the configuration is refused, so that a supervisor does not
    /// try again.
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            LOG.log(Level.ERROR, "usage: GatewayMain <file.properties>");
            System.exit(2);
        }
        try {
            var config = GatewayConfig.from(Config.load(Path.of(arguments[0])));
            var gateway = Gateway.start(config, Clock.systemUTC());
            Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "gateway-stop"));
            LOG.log(Level.INFO, config.role().word() + " ready on " + gateway.url());
        } catch (ConfigRefused | IllegalArgumentException refused) {
            LOG.log(Level.ERROR, "refused to start: " + refused.getMessage());
            System.exit(2);
        }
    }
}
