package io.edgewire.wiring;

import com.google.inject.Binder;
import com.google.inject.Provider;
import com.google.inject.binder.LinkedBindingBuilder;
import com.google.inject.multibindings.MapBinder;
import io.edgewire.api.wlan.WlanDevice;
import java.util.Map;

/**
 * Binds boards' Wi-Fi interfaces by the names that {@code edgewire.server.device} selects them by. In a module's
 * {@code configure}: {@code DeviceBinder.of(binder()).bind("sim").toProvider(...)}.
 */
public final class DeviceBinder {
    private static final NamedBindings.Source SOURCE =
            new NamedBindings.Source("io.edgewire:edgewire-device-k230", "K230Module");
    private static final Map<String, NamedBindings.Source> KNOWN =
            Map.of("sim", SOURCE, "linux", SOURCE, "canmv", SOURCE, "host", SOURCE);

    private final MapBinder<String, WlanDevice> map;

    private DeviceBinder(MapBinder<String, WlanDevice> map) {
        this.map = map;
    }

    /** A binder for this module. */
    public static DeviceBinder of(Binder binder) {
        return new DeviceBinder(
                MapBinder.newMapBinder(binder.skipSources(DeviceBinder.class), String.class, WlanDevice.class));
    }

    /** Binds a name. Only the device that is selected is made. */
    public LinkedBindingBuilder<WlanDevice> bind(String name) {
        return map.addBinding(name);
    }

    /** The one of the devices that are bound whose name the key {@code device} of a section has. */
    public static WlanDevice select(Settings settings, Map<String, Provider<WlanDevice>> bound) {
        return NamedBindings.select(settings, "device", bound, KNOWN);
    }
}
