using Sourcing.Data.Common;

namespace Sourcing.Data.Catalog;

/// <summary>A group of parts; groups nest.</summary>
public sealed class PartCategory : ISoftDeleted
{
    private PartCategory()
    {
    }

    /// <inheritdoc cref="Change"/>
    public PartCategory(string code, string name, Guid? parentId = null)
    {
        Id = Guid.CreateVersion7();
        Change(code, name, parentId);
    }

    public Guid Id { get; private set; }

    /// <summary>1 to 40 characters, unique.</summary>
    public string Code { get; private set; } = "";

    /// <summary>1 to 120 characters.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The group around this one; null at the top.</summary>
    public Guid? ParentId { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    public Guid? DeletedBy { get; private set; }

    public uint Version { get; private set; }

    /// <summary>Sets everything. Refuses itself as its own parent; longer circles are the service's to see.</summary>
    public void Change(string code, string name, Guid? parentId)
    {
        if (parentId == Id)
        {
            throw new RefusedException(nameof(ParentId), $"{name} cannot lie within itself. Choose another parent.");
        }

        (Code, Name, ParentId) = (code.Trim(), name.Trim(), parentId);
    }

    internal void Restore() => (DeletedAt, DeletedBy) = (null, null);
}
