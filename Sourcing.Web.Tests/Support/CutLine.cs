using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Sourcing.Web.Tests.Support;

/// <summary>When the line to the database breaks.</summary>
public enum Cut
{
    /// <summary>The next commit does not arrive.</summary>
    BeforeCommit,

    /// <summary>The next commit arrives and is done, and its answer is lost.</summary>
    AfterCommit,
}

/// <summary>A line to the database that breaks once, at a chosen moment of the next commit.</summary>
public sealed class CutLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly UnixDomainSocketEndPoint _server;
    private readonly Task _serving;
    private byte[] _held = [];
    private int _armed;

    public CutLine(string server, Cut cut)
    {
        var settings = new NpgsqlConnectionStringBuilder(server);
        _server = new($"{settings.Host}/.s.PGSQL.5432");
        _listener.Start();
        (settings.Host, settings.Port) = ("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);
        Server = settings.ConnectionString;
        _serving = ServeAsync(cut);
    }

    /// <summary>The connection string over this line.</summary>
    public string Server { get; }

    /// <summary>From now on the next commit meets the break.</summary>
    public void Arm() => _armed = 1;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
        _listener.Dispose();
    }

    private async Task ServeAsync(Cut cut)
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                talks.Add(TalkAsync(await _listener.AcceptSocketAsync(_end.Token), cut));
            }
        }
        finally
        {
            await Task.WhenAll(talks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TalkAsync(Socket client, Cut cut)
    {
        using var near = client;
        using var far = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        await far.ConnectAsync(_server, _end.Token);
        var answers = PassAsync(far, near, null, over.Token);
        var broken = false;
        await PassAsync(near, far, bytes =>
        {
            broken = bytes.IndexOf("COMMIT"u8) >= 0 && Interlocked.Exchange(ref _armed, 0) == 1;
            return !broken;
        }, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await over.CancelAsync();
        await answers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (broken && cut == Cut.AfterCommit)
        {
            // The server's own answer proves that it was done; nobody else hears it.
            await far.SendAsync(_held, SocketFlags.None, _end.Token);
            await far.ReceiveAsync(new byte[1024], SocketFlags.None, _end.Token);
        }
    }

    private async Task PassAsync(Socket from, Socket to, Func<ReadOnlySpan<byte>, bool>? may, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await from.ReceiveAsync(buffer, SocketFlags.None, ct)) > 0)
        {
            if (may?.Invoke(buffer.AsSpan(0, read)) == false)
            {
                _held = buffer[..read];
                return;
            }

            await to.SendAsync(buffer.AsMemory(0, read), SocketFlags.None, ct);
        }
    }
}
