package io.edgewire.examples.device;

import io.edgewire.api.Transport;
import io.edgewire.client.ClientOptions;
import io.edgewire.client.Dialer;
import io.edgewire.server.EdgewireThreads;
import io.edgewire.server.SystemScheduler;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Reads the temperature, heats, and waits until it is warm: {@code DeviceProgram [host [port [nio|bio]]]}. */
public final class DeviceProgram {
    private static final int WARM = 260;

    private DeviceProgram() {}

    public static void main(String[] args) throws InterruptedException {
        String host = args.length > 0 ? args[0] : "localhost";
        int port = args.length > 1 ? Integer.parseInt(args[1]) : 8080;
        EdgewireThreads threads = new EdgewireThreads("device", Throwable::printStackTrace);
        CountDownLatch warm = new CountDownLatch(1);
        try (SystemScheduler scheduler = new SystemScheduler(threads, Throwable::printStackTrace);
                Transport transport = DeviceServer.transport(args.length > 2 ? args[2] : "nio")) {
            Dialer dialer = new Dialer(
                    transport, scheduler, task -> threads.newThread(task).start());
            DeviceClient device = new DeviceClient(ClientOptions.to(host, port), dialer, scheduler, tenths -> {
                System.out.println("told: " + tenths / 10.0);
                if (tenths >= WARM) {
                    warm.countDown();
                }
            });
            device.start();
            System.out.println("read: " + DeviceClient.get(device.temperature()) / 10.0);
            DeviceClient.get(device.heat(true));
            warm.await();
            DeviceClient.get(device.heat(false));
            DeviceClient.get(device.stop(Duration.ofSeconds(5)));
            System.out.println("done");
        }
    }
}
