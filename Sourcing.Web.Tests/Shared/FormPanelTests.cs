using System.ComponentModel.DataAnnotations;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Sourcing.Data.Common;
using Sourcing.Web.Shared;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Shared;

public sealed class FormPanelTests : IDisposable
{
    private readonly PageContext _page = new();
    private readonly Sample _form = new() { Id = Guid.CreateVersion7(), Version = 7, Name = "Ring", Note = "old", Days = 5 };

    public void Dispose() => _page.Dispose();

    [Fact]
    public async Task A_refusal_keeps_what_was_typed_and_stands_beside_its_field()
    {
        var panel = Render(() => throw new RefusedException([new("Name", "Blocked for orders since 3 Nov. Choose another."), new("Lines[1].Quantity", "Line 2 needs a quantity.")]));
        await panel.Find("#name").ChangeAsync("Pakkora");
        await panel.Find("form").SubmitAsync();
        Assert.Equal("Pakkora", panel.Find("#name").GetAttribute("value"));
        Assert.Equal("Pakkora", _form.Name);
        Assert.Contains("Blocked for orders", panel.Find("[data-field=Name] .field-error").TextContent, StringComparison.Ordinal);
        Assert.Contains("Line 2 needs a quantity.", panel.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Contains("field-bad", panel.Find("[data-field=Quantity]").ClassName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_breaks_its_shape_says_so_as_typed_and_nothing_is_saved()
    {
        var saves = 0;
        var panel = Render(() => { saves++; return Task.CompletedTask; });
        await panel.Find("#name").ChangeAsync("");
        Assert.Contains("The part needs a name.", panel.Find("[data-field=Name] .field-error").TextContent, StringComparison.Ordinal);
        await panel.Find("form").SubmitAsync();
        Assert.Equal(0, saves);
    }

    [Fact]
    public async Task Two_fast_submits_save_once()
    {
        var saves = 0;
        var slow = new TaskCompletionSource();
        var panel = Render(() => { saves++; return slow.Task; });
        var first = panel.Find("form").SubmitAsync(new EventArgs());
        Assert.True(panel.Find("button[type=submit]").HasAttribute("disabled"));
        await panel.Find("form").SubmitAsync(new EventArgs());
        slow.SetResult();
        await first;
        Assert.Equal(1, saves);
    }

    [Fact]
    public async Task A_conflict_is_compared_field_by_field_and_saved_with_the_fresh_version()
    {
        var saves = 0;
        var theirs = new Sample { Id = _form.Id, Version = 8, Name = "Ring, sealed", Note = "old", Days = 9 };
        var panel = Render(() => ++saves == 1 ? throw new ConflictException() : Task.CompletedTask, () => Task.FromResult(theirs));
        await panel.Find("#name").ChangeAsync("Ring 20");
        await panel.Find("form").SubmitAsync();

        // Both changed the name; only the other one changed the days, so theirs is set beforehand; the note is the same.
        var rows = panel.FindAll(".conflict tbody tr");
        Assert.Equal(["Name", "Delivery, days"], rows.Select(r => r.QuerySelector("th")!.TextContent));
        Assert.True(rows[0].QuerySelectorAll("input")[0].HasAttribute("checked"));
        Assert.True(rows[1].QuerySelectorAll("input")[1].HasAttribute("checked"));
        Assert.Equal("Ring 20", _form.Name);

        await panel.Find("form").SubmitAsync();
        Assert.Equal(2, saves);
        Assert.Equal(("Ring 20", 9, 8u), (_form.Name, _form.Days, _form.Version));
        Assert.Empty(panel.FindAll(".conflict"));
    }

    [Fact]
    public async Task In_a_conflict_the_others_value_can_be_taken()
    {
        var saves = 0;
        var panel = Render(() => ++saves == 1 ? throw new ConflictException() : Task.CompletedTask, () => Task.FromResult(new Sample { Version = 8, Name = "Ring, sealed", Note = "old", Days = 5 }));
        await panel.Find("#name").ChangeAsync("Ring 20");
        await panel.Find("form").SubmitAsync();
        await panel.FindAll(".conflict input")[1].ChangeAsync(true);
        await panel.Find("form").SubmitAsync();
        Assert.Equal("Ring, sealed", _form.Name);
    }

    [Fact]
    public async Task Unsaved_changes_are_asked_about_and_an_untouched_form_is_not()
    {
        var asked = 0;
        var dialogs = _page.Services.GetRequiredService<Radzen.DialogService>();
        dialogs.OnOpen += (_, _, _, _) => { asked++; dialogs.Close(); };
        var navigation = _page.Services.GetRequiredService<NavigationManager>();
        var panel = Render(() => Task.CompletedTask);
        navigation.NavigateTo("/parts");
        Assert.Equal(0, asked);
        await panel.Find("#name").ChangeAsync("Ring 20");
        await panel.InvokeAsync(() => navigation.NavigateTo("/orders"));
        Assert.Equal(1, asked);
        Assert.EndsWith("/parts", navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_typed_is_kept_on_the_device_until_it_is_saved()
    {
        var panel = Render(() => Task.CompletedTask);
        await panel.Find("#name").ChangeAsync("Ring 20");
        Assert.Contains("Ring 20", (string)_page.JSInterop.Invocations["sourcing.saveDraft"][^1].Arguments[1]!, StringComparison.Ordinal);
        await panel.Find("form").SubmitAsync();
        Assert.Null(_page.JSInterop.Invocations["sourcing.saveDraft"][^1].Arguments[1]);
    }

    private IRenderedComponent<FormPanel<Sample>> Render(Func<Task> save, Func<Task<Sample>>? reload = null) => _page.Render<FormPanel<Sample>>(p => p
        .Add(f => f.Form, _form)
        .Add(f => f.Save, EventCallback.Factory.Create(this, save))
        .Add(f => f.Reload, reload)
        .Add(f => f.Verb, "Save part")
        .Add(f => f.ChildContent, builder =>
        {
            builder.OpenRegion(0);
            Input(builder, "name", () => _form.Name, v => _form.Name = v);
            builder.CloseRegion();
            builder.OpenComponent<Field<decimal?>>(1);
            builder.AddComponentParameter(2, "For", (System.Linq.Expressions.Expression<Func<decimal?>>)(() => _form.Lines[1].Quantity));
            builder.CloseComponent();
        }));

    private void Input(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder, string id, System.Linq.Expressions.Expression<Func<string>> property, Action<string> set)
    {
        builder.OpenComponent<Field<string>>(0);
        builder.AddComponentParameter(1, "For", property);
        builder.AddComponentParameter(2, "ChildContent", (RenderFragment)(inner =>
        {
            inner.OpenComponent<Microsoft.AspNetCore.Components.Forms.InputText>(0);
            inner.AddComponentParameter(1, "id", id);
            inner.AddComponentParameter(2, "Value", property.Compile()());
            inner.AddComponentParameter(3, "ValueExpression", property);
            inner.AddComponentParameter(4, "ValueChanged", EventCallback.Factory.Create<string>(this, set));
            inner.CloseComponent();
        }));
        builder.CloseComponent();
    }

    public sealed class Sample : IForm
    {
        public Guid FormKey { get; set; } = Guid.CreateVersion7();

        public Guid Id { get; set; }

        public uint Version { get; set; }

        [Required(ErrorMessage = "The part needs a name.")]
        public string Name { get; set; } = "";

        public string Note { get; set; } = "";

        [Display(Name = "Delivery, days")]
        public int Days { get; set; }

        public List<SampleLine> Lines { get; set; } = [new(), new()];
    }

    public sealed class SampleLine
    {
        public decimal? Quantity { get; set; }
    }
}
