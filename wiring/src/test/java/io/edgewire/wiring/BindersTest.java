package io.edgewire.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import com.google.inject.AbstractModule;
import com.google.inject.Inject;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.Provider;
import com.google.inject.TypeLiteral;
import com.google.inject.util.Types;
import io.edgewire.api.Connection;
import io.edgewire.api.ProtocolFactory;
import io.edgewire.api.ProtocolHandler;
import io.edgewire.api.Transport;
import io.edgewire.api.wlan.WlanDevice;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BindersTest {
    private final Transport transport = mock(Transport.class);
    private final WlanDevice device = mock(WlanDevice.class);

    static final class Upper implements ProtocolHandler {
        final List<String> injected;

        @Inject
        Upper(List<String> injected) {
            this.injected = injected;
        }

        @Override
        public void onBytes(Connection connection, ByteBuffer in) {}
    }

    static final class UpperFactory implements ProtocolFactory {
        @Override
        public ProtocolHandler newHandler() {
            return new Upper(List.of("by factory"));
        }
    }

    record Port(int number) {
        static Port read(Settings settings) {
            return new Port(settings.integer("port", 0, 65_535));
        }
    }

    @Test
    void aHandlerClassIsMadeAnewForEachConnectionWithWhatItAsksFor() {
        ProtocolFactory factory = protocol("upper");
        ProtocolHandler first = factory.newHandler();
        assertThat(first)
                .isInstanceOfSatisfying(
                        Upper.class, upper -> assertThat(upper.injected).containsExactly("injected"));
        assertThat(factory.newHandler()).isNotSameAs(first);
    }

    @Test
    void aFactoryMayBeAClassAnInstanceOrComeFromAProvider() {
        assertThat(protocol("class")).isInstanceOf(UpperFactory.class);
        assertThat(protocol("instance").newHandler()).isInstanceOf(Upper.class);
        assertThat(protocol("provider")).isInstanceOf(UpperFactory.class).isNotSameAs(protocol("provider"));
    }

    @Test
    void transportsAndDevicesAreChosenByTheirNames() {
        Injector injector = injector(bindings());
        assertThat(TransportBinder.select(server("transport=mine"), bound(injector, Transport.class)))
                .isSameAs(transport);
        assertThat(DeviceBinder.select(server("device=board"), bound(injector, WlanDevice.class)))
                .isSameAs(device);
    }

    @Test
    void aNameOfOursThatIsNotBoundTellsWhatWouldAddIt() {
        Injector injector = injector(bindings());
        assertThatThrownBy(() -> TransportBinder.select(server("transport=nio"), bound(injector, Transport.class)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("edgewire.server.transport is \"nio\" (--set), but must be one of the transports that are"
                        + " bound (mine); to have nio, add io.edgewire:edgewire-transport-nio and its"
                        + " NioTransportModule");
    }

    @Test
    void aNameThatNobodyKnowsTellsWhatIsBoundAndWhatCouldBe() {
        Injector injector = injector(bindings());
        assertThatThrownBy(() -> TransportBinder.select(server("transport=nioo"), bound(injector, Transport.class)))
                .hasMessage("edgewire.server.transport is \"nioo\" (--set), but must be one of the transports that are"
                        + " bound (mine); bio comes with io.edgewire:edgewire-transport-bio and its"
                        + " BioTransportModule; nio comes with io.edgewire:edgewire-transport-nio and its"
                        + " NioTransportModule; the default is \"nio\"");
    }

    @Test
    void aNameThatItsModuleDoesNotHaveYetIsNotSaidToComeWithIt() {
        Map<String, Provider<WlanDevice>> sim = Map.of("sim", () -> device);
        assertThatThrownBy(() -> DeviceBinder.select(server("device=canmv"), sim))
                .hasMessage("edgewire.server.device is \"canmv\" (--set), but must be one of the devices that are bound"
                        + " (sim); canmv is not available in this version of io.edgewire:edgewire-device-k230; the"
                        + " default is \"sim\"");
        assertThatThrownBy(() -> DeviceBinder.select(server("device=radio"), sim))
                .hasMessage("edgewire.server.device is \"radio\" (--set), but must be one of the devices that are bound"
                        + " (sim); the default is \"sim\"");
    }

    @Test
    void whereNothingIsBoundTheMessageSaysSo() {
        assertThatThrownBy(() -> DeviceBinder.select(server("device=sim"), Map.of()))
                .hasMessage("edgewire.server.device is \"sim\" (--set), but must be the name of a device, and no module"
                        + " has bound one; to have sim, add io.edgewire:edgewire-device-k230 and its K230Module");
    }

    @Test
    void optionsAreReadFromTheirSectionWhenTheInjectorIsMade() {
        assertThat(injector(portModule("edgewire.server.port=9")).getInstance(Port.class))
                .isEqualTo(new Port(9));
        assertThatThrownBy(() -> injector(portModule("edgewire.server.port=no")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("edgewire.server.port is \"no\" (--set), but must be a whole number from 0 to 65535;"
                        + " the default is 8080");
    }

    @Test
    void aFaultThatShowsOnlyWhenAThingIsMadeIsNotBuriedEither() {
        ConfigurationException fault = new ConfigurationException("wrong");
        Injector injector = injector(new AbstractModule() {
            @Override
            protected void configure() {
                bind(Port.class).toProvider(() -> {
                    throw fault;
                });
            }
        });
        assertThatThrownBy(() -> EdgewireInjector.get(injector, Port.class)).isSameAs(fault);
    }

    @Test
    void aChoiceThatSomebodyMadeAboutBytecodeIsKept() {
        String option = "guice_bytecode_gen_option";
        String before = System.getProperty(option);
        try {
            System.clearProperty(option);
            EdgewireInjector.create();
            assertThat(System.getProperty(option)).isEqualTo("DISABLED");
            System.setProperty(option, "ANONYMOUS");
            EdgewireInjector.create();
            assertThat(System.getProperty(option)).isEqualTo("ANONYMOUS");
        } finally {
            if (before == null) {
                System.clearProperty(option);
            } else {
                System.setProperty(option, before);
            }
        }
    }

    private Module bindings() {
        return new AbstractModule() {
            @Override
            protected void configure() {
                binder().requireExplicitBindings();
                bind(new TypeLiteral<List<String>>() {}).toInstance(List.of("injected"));
                TransportBinder.of(binder()).bind("mine").toInstance(transport);
                DeviceBinder.of(binder()).bind("board").toInstance(device);
                ProtocolBinder protocols = ProtocolBinder.of(binder());
                protocols.bind("upper").to(Upper.class);
                protocols.bind("other").to(Upper.class);
                protocols.bind("class").toFactory(UpperFactory.class);
                protocols.bind("instance").toFactory(new UpperFactory());
                protocols.bind("provider").toProvider(UpperFactory::new);
            }
        };
    }

    private static Module portModule(String assignment) {
        EdgewireConfig config = EdgewireConfig.loader().set(assignment).load();
        return new AbstractModule() {
            @Override
            protected void configure() {
                bind(EdgewireConfig.class).toInstance(config);
                OptionsBinder.of(binder()).bind(Port.class, "edgewire.server", Port::read);
            }
        };
    }

    private ProtocolFactory protocol(String name) {
        return ProtocolBinder.select(server("protocol=" + name), bound(injector(bindings()), ProtocolFactory.class));
    }

    private static Injector injector(Module module) {
        return EdgewireInjector.create(module);
    }

    private static Settings server(String assignment) {
        return EdgewireConfig.loader()
                .set("edgewire.server." + assignment)
                .load()
                .settings("edgewire.server");
    }

    @SuppressWarnings("unchecked")
    private static <T> Map<String, Provider<T>> bound(Injector injector, Class<T> type) {
        return (Map<String, Provider<T>>)
                injector.getInstance(Key.get(Types.mapOf(String.class, Types.providerOf(type))));
    }
}
