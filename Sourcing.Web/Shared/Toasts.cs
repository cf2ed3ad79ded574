namespace Sourcing.Web.Shared;

/// <summary>Short messages at the lower right edge. What was done goes by itself; what was refused stays until closed.</summary>
public sealed class Toasts
{
    private readonly List<Toast> _open = [];

    /// <summary>One message.</summary>
    public sealed record Toast(Guid Id, string Text, bool Refusal, Func<Task>? Undo);

    /// <summary>The messages that are to be seen, oldest first.</summary>
    public IReadOnlyList<Toast> Open => _open;

    /// <summary>A message came or went.</summary>
    public event Action? Changed;

    /// <summary>Says what was done: "3 orders made".</summary>
    /// <param name="undo">Takes it back, where that is possible.</param>
    public void Done(string text, Func<Task>? undo = null) => Add(new(Guid.CreateVersion7(), text, false, undo));

    /// <summary>Says why something was not done.</summary>
    public void Refused(string text) => Add(new(Guid.CreateVersion7(), text, true, null));

    /// <summary>Takes a message away.</summary>
    public void Close(Toast toast)
    {
        if (_open.Remove(toast))
        {
            Changed?.Invoke();
        }
    }

    private void Add(Toast toast)
    {
        _open.RemoveAll(t => t.Text == toast.Text && t.Refusal == toast.Refusal);
        _open.Add(toast);
        if (_open.Count > 4)
        {
            _open.RemoveAt(0);
        }

        Changed?.Invoke();
    }
}
