namespace Sourcing.Data.Operations;

/// <summary>A form that was taken: see <see cref="Common.Database.WriteOnceAsync"/>.</summary>
public sealed class FormKey
{
    public Guid Key { get; private set; }

    public Guid? ResultId { get; private set; }
}

/// <summary>The last number given out of one kind in one year.</summary>
public sealed class NumberSequence
{
    public string Kind { get; private set; } = "";

    public int Year { get; private set; }

    public int Last { get; private set; }
}

/// <summary>A list's filters, order and columns under a name: a tab on the list.</summary>
public sealed class SavedView
{
    private SavedView()
    {
    }

    /// <param name="list">Name of the list.</param>
    /// <param name="query">The address's query string without the question mark.</param>
    public SavedView(Guid ownerId, string list, string name, string query, bool isShared)
    {
        (Id, OwnerId, List, Name, Query, IsShared) = (Guid.CreateVersion7(), ownerId, list, name, query, isShared);
    }

    public Guid Id { get; private set; }

    public Guid OwnerId { get; private set; }

    public string List { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string Query { get; private set; } = "";

    /// <summary>Everybody who may see the list sees the tab.</summary>
    public bool IsShared { get; private set; }

    /// <summary>Saves another state under the same name.</summary>
    public void Change(string query, bool isShared) => (Query, IsShared) = (query, isShared);
}

/// <summary>A key ring of ASP.NET Core Data Protection.</summary>
public sealed class DataProtectionKey
{
    public int Id { get; set; }

    public string FriendlyName { get; set; } = "";

    public string Xml { get; set; } = "";
}
