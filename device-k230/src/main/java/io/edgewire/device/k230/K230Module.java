package io.edgewire.device.k230;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.OptionalBinder;
import io.edgewire.api.Scheduler;
import io.edgewire.api.event.EventSink;
import io.edgewire.api.wlan.Credentials;
import io.edgewire.api.wlan.Station;
import io.edgewire.api.wlan.WlanDevice;
import io.edgewire.wiring.ConfigurationException;
import io.edgewire.wiring.DeviceBinder;
import io.edgewire.wiring.EdgewireConfig;
import io.edgewire.wiring.OptionsBinder;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Binds the devices {@code sim} and {@code host}, the {@link WlanDevice} that {@code edgewire.server.device} selects,
 * and the {@link Station} on it. Wants a {@link Scheduler}, an {@link EventSink}, an {@link EdgewireConfig}
 * and an {@link Executor} whose tasks may block from others.
 *
 * <p>The key comes from the file or environment that configuration names. A program that has another source binds it:
 * {@code OptionalBinder.newOptionalBinder(binder(), KeySource.class).setBinding().toInstance(...)}.
 */
public final class K230Module extends AbstractModule {
    private static final String DEVICE = "edgewire.device";

    /** A module; what it needs comes from the other modules of the injector. */
    public K230Module() {}

    @Override
    protected void configure() {
        OptionsBinder.of(binder())
                .bind(NetworkOptions.class, DEVICE, DeviceSettings::network)
                .bind(StationOptions.class, DEVICE, DeviceSettings::station)
                .bind(SimulatedWlanOptions.class, DEVICE + ".sim", SimulatedSettings::read)
                .bind(HostNetworkOptions.class, DEVICE + ".host", DeviceSettings::host);
        Provider<Scheduler> scheduler = getProvider(Scheduler.class);
        Provider<SimulatedWlanOptions> sim = getProvider(SimulatedWlanOptions.class);
        Provider<HostNetworkOptions> host = getProvider(HostNetworkOptions.class);
        DeviceBinder devices = DeviceBinder.of(binder());
        devices.bind("sim").toProvider(() -> new SimulatedWlan(sim.get(), scheduler.get()));
        devices.bind("host").toProvider(() -> new HostNetwork(host.get()));
        Provider<NetworkOptions> network = getProvider(NetworkOptions.class);
        OptionalBinder.newOptionalBinder(binder(), KeySource.class)
                .setDefault()
                .toProvider(() -> KeySources.configured(network.get().passwordFile()));
    }

    @Provides
    @Singleton
    WlanDevice device(EdgewireConfig config, Map<String, Provider<WlanDevice>> bound) {
        return DeviceBinder.select(config.settings("edgewire.server"), bound);
    }

    @Provides
    @Singleton
    Credentials credentials(NetworkOptions network, KeySource keys) {
        try {
            return keys.credentials(network.ssid());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("the network's key cannot be had: " + e.getMessage() + where(network), e);
        }
    }

    private static String where(NetworkOptions network) {
        return network.passwordFile().isPresent() ? " (" + DEVICE + ".password-file)" : "";
    }

    @Provides
    @Singleton
    Station station(
            WlanDevice device,
            Credentials credentials,
            StationOptions options,
            Scheduler scheduler,
            Executor blocking,
            EventSink events) {
        return new WlanStation(device, credentials, options, scheduler, blocking, events);
    }
}
