namespace Sourcing.Data.Common;

/// <summary>A business record that is never deleted for good: removal sets the two properties, and one query filter hides it.</summary>
public interface ISoftDeleted
{
    /// <summary>When it was deleted; null while it lives.</summary>
    DateTimeOffset? DeletedAt { get; }

    /// <summary>Who deleted it.</summary>
    Guid? DeletedBy { get; }
}
