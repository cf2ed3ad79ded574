using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sourcing.Web.Tests.Support;

/// <summary>A mail server of a few lines on a free port: keeps what it is sent, and refuses recipients on request.</summary>
public sealed class MailSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public MailSink()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Everything received, headers and all.</summary>
    public ConcurrentQueue<string> Received { get; } = new();

    /// <summary>Offers STARTTLS under this certificate and takes no mail without; null for neither.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>What is answered to RCPT; null for yes.</summary>
    public string? Refusal { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
        _listener.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            using var client = await _listener.AcceptTcpClientAsync(_end.Token);
            try
            {
                await TalkAsync(client.GetStream());
            }
            catch (Exception fault) when (fault is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The other side hung up, or does not trust us.
            }
        }
    }

    private async Task TalkAsync(Stream stream, bool greeted = false)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        if (!greeted)
        {
            await writer.WriteLineAsync("220 sink");
        }

        while (await reader.ReadLineAsync(_end.Token) is { } line)
        {
            var verb = line.Split(' ')[0].ToUpperInvariant();
            if (verb == "STARTTLS" && Certificate is not null)
            {
                await writer.WriteLineAsync("220 go ahead");
                await using var secret = new SslStream(stream);
                await secret.AuthenticateAsServerAsync(Certificate);
                await TalkAsync(secret, greeted: true);
                return;
            }

            if (verb == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                var mail = new StringBuilder();
                while (await reader.ReadLineAsync(_end.Token) is { } text && text != ".")
                {
                    mail.AppendLine(text);
                }

                Received.Enqueue(mail.ToString());
            }

            await writer.WriteLineAsync(verb switch
            {
                "RCPT" when Refusal is not null => Refusal,
                "MAIL" when Certificate is not null && stream is not SslStream => "530 STARTTLS first",
                "EHLO" when Certificate is not null && stream is not SslStream => "250-sink\r\n250 STARTTLS",
                "QUIT" => "221 bye",
                "EHLO" => "250 sink",
                _ => "250 ok",
            });
            if (verb == "QUIT")
            {
                return;
            }
        }
    }
}
