namespace Sourcing.Web.Layout;

/// <summary>One step of the breadcrumb above a page.</summary>
public sealed record Crumb(string Text, string Href);

/// <summary>What the open page tells the shell around it.</summary>
public sealed class ShellState
{
    /// <summary>The page's title.</summary>
    public string Title { get; private set; } = "";

    /// <summary>The pages above it.</summary>
    public IReadOnlyList<Crumb> Trail { get; private set; } = [];

    /// <summary>The title or the trail is another.</summary>
    public event Action? Changed;

    /// <summary>Said by the head of each page.</summary>
    public void Say(string title, IReadOnlyList<Crumb> trail)
    {
        if (title == Title && trail.SequenceEqual(Trail))
        {
            return;
        }

        (Title, Trail) = (title, trail);
        Changed?.Invoke();
    }
}
