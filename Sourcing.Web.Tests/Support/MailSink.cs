using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
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
            catch (IOException)
            {
                // The other side hung up.
            }
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 sink");
        while (await reader.ReadLineAsync(_end.Token) is { } line)
        {
            var verb = line.Split(' ')[0].ToUpperInvariant();
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
