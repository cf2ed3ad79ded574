namespace Sourcing.Web.Shared;

/// <summary>
/// A search field whose text stands in the address. It asks once the typing pauses, and takes its text from the address only where that
/// has moved by itself: an address that comes late, in answer to what was typed before, never puts older letters over newer ones.
/// </summary>
internal sealed class TypedSearch : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly List<string> _asked = [];
    private string _address = "";
    private CancellationTokenSource _typing = new();

    /// <summary>What the field shows.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The address has moved and holds this text now.</summary>
    public void Follow(string text)
    {
        var answered = _asked.IndexOf(text);
        _asked.RemoveRange(0, answered + 1);
        if (answered < 0 && text != _address)
        {
            _asked.Clear();
            _typing.Cancel();
            Text = text;
        }

        _address = text;
    }

    /// <summary>Takes what was typed and, unless more follows at once, asks for it: trimmed, and only when it is another than before.</summary>
    public async Task TypeAsync(string? text, Func<string, Task> ask)
    {
        Text = text ?? "";
        try
        {
            await Task.Delay(Pause, Anew());
        }
        catch (OperationCanceledException)
        {
            return; // The next letter came.
        }

        var wanted = Text.Trim();
        if (wanted != (_asked.Count > 0 ? _asked[^1] : _address))
        {
            _asked.Add(wanted);
            await ask(wanted);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _typing.Cancel();
        _typing.Dispose();
    }

    private CancellationToken Anew()
    {
        Dispose();
        _typing = new();
        return _typing.Token;
    }
}
