using System.ComponentModel.DataAnnotations;
using Sourcing.Data.Common;

namespace Sourcing.Data.Catalog.Merging;

/// <summary>Which of two parts or suppliers stays, with the versions that the preview showed.</summary>
public sealed class MergeForm : IForm
{
    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    /// <summary>The one that stays.</summary>
    [Required(ErrorMessage = "Choose which one stays.")]
    public Guid? KeepId { get; set; }

    /// <summary>The one that is given up.</summary>
    [Required(ErrorMessage = "Choose which one is given up.")]
    public Guid? GiveUpId { get; set; }

    public uint KeepVersion { get; set; }

    public uint GiveUpVersion { get; set; }
}
