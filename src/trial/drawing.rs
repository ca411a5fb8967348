//! A text box over the cells of a sheet.

use super::extra::broken;
use super::find::Spot;
use super::sheet;
use super::trouble::Trouble;
use crate::model::CellRef;
use crate::package::{Package, escaped};

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.drawing+xml";

/// Draws a text box over a cell of a sheet without drawings.
pub(super) fn text_box(package: &mut Package, spot: &Spot, text: &str) -> Result<(), Trouble> {
    let sheet = package.sheet_part(&spot.sheet)?;
    let part = package.free_name("xl/drawings/drawing", ".xml");
    package.put(&part, drawn(spot.cell, text));
    package.declare(&part, TYPE)?;
    let id = package.relate(&sheet, "drawing", &format!("/{part}"), false)?;
    let root = package.tree(&sheet)?;
    root.set("xmlns:r", RELATIONS);
    sheet::section(root, "drawing").ok_or_else(broken)?.set("r:id", &id);
    Ok(())
}

fn drawn(at: CellRef, text: &str) -> String {
    let mark = |name: &str, by: u32| {
        let (col, row) = (u32::from(at.col) + by, at.row + by);
        format!(
            "<xdr:{name}><xdr:col>{col}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:{name}>"
        )
    };
    let (from, to, text) = (mark("from", 0), mark("to", 2), escaped(text));
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor>{from}{to}<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="CasellaDiTesto 1"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang="it-IT"/><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"#
    )
}
